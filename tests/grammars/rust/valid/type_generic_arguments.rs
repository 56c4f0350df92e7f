type A = B<'a, C, { 1 }, -1, "a", D = E, F: G, H<I> = J>;
