// A comment before everything.

const a = 1; // behind a declaration

//// Four slashes are a plain one.
//
const b = // behind a sign
    2;

fn f( // behind a bracket
    x: u8, // behind a parameter
) void {
    // at the beginning
    _ = x;

    // at the end
}

// last
