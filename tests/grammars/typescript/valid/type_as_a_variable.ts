let type;
type = 5;
