type A = B<use<'a>>;
