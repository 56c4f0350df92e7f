pub unionU { x: u8 }
