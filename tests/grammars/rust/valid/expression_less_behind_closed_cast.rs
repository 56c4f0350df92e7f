fn f() { x as (u8) < y; x as [u8; 1] << y; x as _ < y; x as &(u8) < y; x as ! < y; }
