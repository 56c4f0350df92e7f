fn f() { let ! = x; if let ! = x {} let x: ! = 1; let y: !; match x { !, } }
