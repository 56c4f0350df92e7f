/// What this is.
/// More.
pub const a = 1;

/// A struct.
const S = struct {
    /// A field.
    x: u8,
    // A plain comment between.
    /// Another.
    y: u8 = 0,

    /// A method.
    fn f(
        /// The first.
        self: S,
        /// The second.
        n: u8,
    ) void {
        _ = .{ self, n };
    }
};

const E = error{
    /// What went wrong.
    A,
    B,
};
///
const empty = 1;
