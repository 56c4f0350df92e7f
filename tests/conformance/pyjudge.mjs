// pyjudge.py in a Python compiled to WebAssembly: `node pyjudge.mjs PYODIDE.MJS PYJUDGE.PY TASK`.
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { text } from "node:stream/consumers";

const [pyodide, judge, task] = process.argv.slice(2);
const request = await text(process.stdin);
const { loadPyodide } = await import(pyodide);
const python = await loadPyodide({ indexURL: dirname(pyodide) });
python.globals.set("__name__", "pyjudge");
python.runPython(readFileSync(judge, "utf8"));
process.stdout.write(python.globals.get("answer")(task, request));
