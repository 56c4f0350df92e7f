unsafe impl A {}
