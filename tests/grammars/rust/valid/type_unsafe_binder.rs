type X = unsafe<'a> &'a  u8;
