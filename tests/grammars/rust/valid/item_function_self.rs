impl S {
    fn a(self) {}
    fn b(mut self, c: u8) {}
    fn d(&self) {}
    fn e<'a>(&'a mut self) {}
    fn g(self: Box<Self>) {}
    fn h(mut self: &Self,) {}
}
