const a = [
  // first
  /a/,
  ,
  /* c */ /b/,
];
const [, b, , c] = a;
const d = [, ,];
