type A = Into<Option<Box<B<C> + 'a>>>;
