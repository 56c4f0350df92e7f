type A = unsafe extern "C" fn(a: u8, _: u8, B) -> C;
type D = for<'a> fn(&'a u8, ...);
type E = extern fn();
type F = Box<dyn Fn(u8, &str) -> u8 + Send>;
