const S = struct {
    a: u8;
};
