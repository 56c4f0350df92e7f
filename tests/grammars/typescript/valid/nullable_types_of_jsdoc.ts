f((a: b?, c: ?d): ?e => 1);
type A = B<c?, ?>;
type D = [e?
, !f, g![]];
