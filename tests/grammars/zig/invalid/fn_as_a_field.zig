const S = struct {
    fn () void,
};
