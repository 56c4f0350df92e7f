const A = *const align(1) volatile addrspace(.generic) allowzero u8;
const B = []volatile addrspace(.generic) const align(1) u8;
const C = *const const u8;
