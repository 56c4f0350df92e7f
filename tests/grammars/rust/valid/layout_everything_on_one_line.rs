struct A{a:u8,b:V<u8>}impl A{fn f(&self)->u8{match self.a{0=>1,_=>{2}}}}
