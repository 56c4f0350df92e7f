const a = ...b;
