const a = /[/]\/(?:x|y)*/gi;
const b = 4 / 2 / 1;
const c = [/a/, /b/].map((x) => x.source);
