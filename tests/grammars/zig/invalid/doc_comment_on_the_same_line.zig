const S = struct {
    a: u8, /// d
    b: u8,
};
