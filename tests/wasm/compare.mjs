// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a block of parameters in WebAssembly and compares every number with a results.json of the native
// program. Usage: node compare.mjs PROGRAM.wasm BLOCK RESULTS.json
import { readFileSync } from "node:fs";
import { WASI } from "node:wasi";

const [program, block, results] = process.argv.slice(2);
const wanted = JSON.parse(readFileSync(results, "utf8"));
const got = new Map();

const wasi = new WASI({ version: "preview1" });
let memory;
function textAt(address) {
  const bytes = new Uint8Array(memory.buffer, address);
  return Buffer.from(bytes.subarray(0, bytes.indexOf(0))).toString("utf8");
}
const host = { number: (path, value) => got.set(textAt(path), value) };
const compiled = await WebAssembly.compile(readFileSync(program));
const { exports } = await WebAssembly.instantiate(compiled, { ...wasi.getImportObject(), host });
memory = exports.memory;
wasi.initialize({ exports });

const params = readFileSync(block);
const room = exports.room(params.length);
new Uint8Array(memory.buffer, room, params.length).set(params);
const started = process.cpuUsage();
const status = exports.run(room, BigInt(wanted.seed), BigInt(wanted.paths));
const { user, system } = process.cpuUsage(started);
if (status !== 0) {
  console.error(`the run in WebAssembly ended with status ${status}`);
  process.exit(1);
}

// Every number of results.json that is simulated, by path. What a target adds to its risk beyond the
// chances of its years is arithmetic of the writer (1 - p) and stands elsewhere in the document.
const members = ["metrics", "risks", "targets", "targets_all", "candidates", "schools", "bridge", "convergence", "run"];
const notSimulated = /^run\.settings\.|^risks\.target_missed_[^.]*\.(any|first|shortfall)\./;
let equal = 0;
const wrong = [];
function compare(path, value) {
  if (notSimulated.test(path)) return;
  const other = got.get(path);
  got.delete(path);
  const same = value === null ? Number.isNaN(other) : Object.is(value + 0, other + 0);
  if (same) equal++;
  else wrong.push(`${path}: native ${value}, WebAssembly ${other}`);
}
const textual = /\.(unit|source|quote|by|words|expr|name|plan|id|label)$/;
function walk(path, value) {
  if (value !== null && typeof value === "object")
    for (const [key, child] of Object.entries(value)) walk(path ? `${path}.${key}` : key, child);
  else if (typeof value === "number" || (value === null && !textual.test(path))) compare(path, value);
}
for (const member of members) walk(member, wanted[member]);
for (const path of got.keys()) wrong.push(`${path}: not in results.json`);

for (const line of wrong.slice(0, 20)) console.error(line);
const seconds = ((user + system) / 1e6).toFixed(2);
console.log(`${wanted.scenario}: ${wanted.paths} futures, ${equal} numbers equal, ${wrong.length} differ (${seconds} s)`);
process.exit(wrong.length === 0 ? 0 : 1);
