for (const a of /b/g) c;
typeof /b/;
d in /e/;
