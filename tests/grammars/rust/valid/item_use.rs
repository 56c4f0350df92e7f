use a;
use a::b as c;
use a::*;
use a::{self, b, c::{d, e as _}};
use {f, g};
use ::h;
use crate::i;
use super::super::j;
pub(crate) use self::k;
