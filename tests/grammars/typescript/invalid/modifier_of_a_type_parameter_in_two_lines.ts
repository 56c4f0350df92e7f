function f<in
A>() {}
