for await (const a of b) {
}
for await (a of b) c;
