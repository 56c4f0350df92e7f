const E = error{ // why
    a,
    b,
};
