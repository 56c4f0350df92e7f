const x =
    \\a line
    \\
    \\another "line" \n
;
const y = f(
    \\text
, 1);
const z = "a" ++
    \\b
    ++ "c";
