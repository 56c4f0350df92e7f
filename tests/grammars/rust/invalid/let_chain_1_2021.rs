fn f() { if let Some(x) = y && z {} }
