use a::<b>;
