const a = 1;
//! d
