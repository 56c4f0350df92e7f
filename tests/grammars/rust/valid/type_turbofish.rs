type A = B::<C>;
