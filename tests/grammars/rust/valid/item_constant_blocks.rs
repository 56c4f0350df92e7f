const { assert!(true) }
const{}
type const X : u8 = 1;
impl T { final fn f() {} }
