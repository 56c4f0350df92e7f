fn f() { if let A = y &&&b {} }
