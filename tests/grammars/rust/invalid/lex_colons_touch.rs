fn f(x:::T) {}
