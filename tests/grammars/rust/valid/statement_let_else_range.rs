fn f() { let Some(v) = a..get(x)  else { y }; let Some(v) = a + 1..b + 1 else { y }; let A = ..=b else { y }; }
