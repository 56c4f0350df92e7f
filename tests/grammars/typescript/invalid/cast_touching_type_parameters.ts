x = <<T>(a: T) => U>b;
