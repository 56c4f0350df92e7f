m!(a#b);
