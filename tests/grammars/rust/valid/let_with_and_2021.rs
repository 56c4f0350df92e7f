fn f() { if let A = a & b {} if let A = a &b {} while let A = a & &b+c*d/e {} if let A = (a && b) {} }
