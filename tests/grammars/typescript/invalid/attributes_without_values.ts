import a from "b" with { type };
