m!('r#self);
