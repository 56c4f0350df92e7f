const a = "b
c";
