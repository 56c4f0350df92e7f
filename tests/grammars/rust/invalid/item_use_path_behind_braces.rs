use a::{b}::c;
