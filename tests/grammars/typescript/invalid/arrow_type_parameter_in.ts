x = <in T>() => a;
