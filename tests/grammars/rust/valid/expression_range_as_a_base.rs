fn f() { S { a: 1, .. ..base }; S { ..  .. } }
