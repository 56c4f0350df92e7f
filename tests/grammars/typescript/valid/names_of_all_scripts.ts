const  имя = 1;
const 変数 = имя;
