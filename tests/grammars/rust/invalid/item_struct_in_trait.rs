trait T { struct S; }
