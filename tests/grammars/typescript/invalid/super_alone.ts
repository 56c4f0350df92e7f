class A extends B { c() { super; } }
