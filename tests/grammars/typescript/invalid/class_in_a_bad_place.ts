const a = 1 class B {}
