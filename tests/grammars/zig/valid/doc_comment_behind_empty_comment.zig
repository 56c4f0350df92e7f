const a = 1;
//
/// b
const c = 1;
