/* c */
const a = 1;
