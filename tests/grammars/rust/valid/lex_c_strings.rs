const A: &CStr = c"a é \xff";
const B: &CStr = cr#"a "b""#;
