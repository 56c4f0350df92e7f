impl A;
