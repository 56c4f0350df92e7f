const a = f<string>.b;
