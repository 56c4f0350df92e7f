const a = return|
    b;
