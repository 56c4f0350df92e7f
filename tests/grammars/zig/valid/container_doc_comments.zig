//! What this file is.
//!
//! More of it.

const S = struct {
    //! What this struct is.

    x: u8,
};
