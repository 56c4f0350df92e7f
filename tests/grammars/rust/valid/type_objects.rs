type A = dyn B;
type C = Box<dyn D + Send + 'static>;
type E = &'a (dyn F + 'a);
type G = impl H + I;
type J = dyn for<'a> K<'a> + ?L;
