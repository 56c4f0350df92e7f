const A = *addrspace(.a) const addrspace(.b) u8;
