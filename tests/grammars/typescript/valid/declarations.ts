declare const a: number;
declare function b(): void;
declare class C {
  d(): void;
}
declare namespace E {
  let f: string;
}
declare type G = number;
