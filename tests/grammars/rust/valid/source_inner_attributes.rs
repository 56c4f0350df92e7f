#![no_std]
#![allow(dead_code, unused)]
//! The crate's documentation.

fn f() {}
