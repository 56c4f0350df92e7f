const a = [
  // first
  /a/,
  /* second */ /b/,
];
