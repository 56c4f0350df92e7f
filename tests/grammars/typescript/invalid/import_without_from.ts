import { a } "b";
