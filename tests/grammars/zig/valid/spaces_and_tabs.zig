	const   a =	1 ;
fn f ( x : u8 ) void { _ = x ; }
const b=2;const c=3;

	pub   fn g()void{return;}
const d = if(a)b else(c);
const e = switch(a){1=>2,else=>3};
