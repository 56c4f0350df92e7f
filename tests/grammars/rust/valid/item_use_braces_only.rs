use {};
use ::{a, *};
use a::{b,};
