use a::{,};
