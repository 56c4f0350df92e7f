const a =
    \\text