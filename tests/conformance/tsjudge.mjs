// TypeScript's parser and prettier as a server: `node tsjudge.mjs TYPESCRIPT PRETTIER`, the entry files of both.
// A request is a line `judge LANGUAGE SIZE` or `format LANGUAGE STYLE SIZE` and so many bytes of source text; an answer
// is a line `yes SIZE` or `no SIZE` and so many bytes: an error (of an end tag, or else the first), or the formatted text.
import { pathToFileURL } from "node:url";

const [typescript, prettier] = process.argv.slice(2);
const { default: ts } = await import(pathToFileURL(typescript));
const { default: formatter } = await import(pathToFileURL(prettier));

const KINDS = { typescript: ts.ScriptKind.TS, tsx: ts.ScriptKind.TSX };
const END_TAGS = new Set([17002, 17008]);
const EXTENSIONS = { typescript: ".ts", tsx: ".tsx" };

function judge(text, language) {
  const name = `file${EXTENSIONS[language]}`;
  const tree = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, false, KINDS[language]);
  // A wrong end tag may show by an error before it.
  const first = tree.parseDiagnostics.find(({ code }) => END_TAGS.has(code)) ?? tree.parseDiagnostics[0];
  return first ? [false, ts.flattenDiagnosticMessageText(first.messageText, " ")] : [true, ""];
}

async function format(text, language, style) {
  const semi = style === "semicolons";
  try {
    return [true, await formatter.format(text, { parser: "typescript", filepath: `file${EXTENSIONS[language]}`, semi })];
  } catch (error) {
    return [false, String(error.message)];
  }
}

async function answer(words, bytes) {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  try {
    return words[0] === "judge" ? judge(text, words[1]) : await format(text, words[1], words[2]);
  } catch (error) {
    return [false, `crashed: ${error.message}`];
  }
}

let waiting = Buffer.alloc(0);
for await (const chunk of process.stdin) {
  waiting = Buffer.concat([waiting, chunk]);
  for (;;) {
    const end = waiting.indexOf(10);
    if (end < 0) break;
    const words = waiting.subarray(0, end).toString().split(" ");
    const size = Number(words.at(-1));
    if (waiting.length < end + 1 + size) break;
    const [yes, said] = await answer(words, waiting.subarray(end + 1, end + 1 + size));
    waiting = waiting.subarray(end + 1 + size);
    const bytes = Buffer.from(said);
    process.stdout.write(`${yes ? "yes" : "no"} ${bytes.length}\n`);
    process.stdout.write(bytes);
  }
}
