extern crate a;
extern crate b as c;
extern crate self as d;
extern crate e as _;
