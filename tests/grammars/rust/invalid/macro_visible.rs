pub m!();
