const A = class B extends C {};
const D = class {
  e = 1;
};
