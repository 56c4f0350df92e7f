class A { b { } }
