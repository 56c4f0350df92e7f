new .a();
new . /* b */ c;
