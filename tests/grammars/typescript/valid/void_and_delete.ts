void 0;
delete a.b;
