const a = <string>b;
