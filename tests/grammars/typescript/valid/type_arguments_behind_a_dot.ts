let a: Promise.<string>;
let b: Array
.<A.B.<C>>;
