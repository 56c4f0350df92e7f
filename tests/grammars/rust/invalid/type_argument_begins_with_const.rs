type X = Vec<const T>;
