fn/**/f() { return/*a*/1; }
