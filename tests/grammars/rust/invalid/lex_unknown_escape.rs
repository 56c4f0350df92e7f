const A: &str = "\q";
