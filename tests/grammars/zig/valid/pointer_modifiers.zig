const A = *allowzero align(1) addrspace(.generic) const volatile u8;
const B = []align(4) const *align(8:0:3) volatile u8;
const C = [*]addrspace(.generic) u8;
const D = *align(8:0:3) addrspace(.generic) u8;
