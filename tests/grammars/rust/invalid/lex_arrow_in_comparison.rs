fn f() { a<-b; }
