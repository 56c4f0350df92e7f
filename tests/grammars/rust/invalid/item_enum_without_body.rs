enum E;
