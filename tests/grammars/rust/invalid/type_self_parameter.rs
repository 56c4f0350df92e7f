type A = Fn(&self);
