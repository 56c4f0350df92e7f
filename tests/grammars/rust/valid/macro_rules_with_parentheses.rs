macro_rules! m (() => (1));
macro_rules! n [() => (1)];
