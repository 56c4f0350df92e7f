fn f(&self: A) {}
