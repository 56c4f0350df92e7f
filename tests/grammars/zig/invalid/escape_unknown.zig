const a = "\q";
