fn f() { if let A = a &!b {} if let A = a & b &-c {} while let A = a &*b {} }
