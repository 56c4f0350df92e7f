let a: A<if>;
