// How the modules hang together: no circles, nobody who is given the whole of another, none unused.

import "./browser.js";
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../static/js", import.meta.url));
const LONGEST = 300; // lines; a longer module knows more than one thing

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return entry.name.endsWith(".js") ? [path] : [];
  });
}

const modules = new Map();
for (const path of filesIn(ROOT)) {
  const source = readFileSync(path, "utf8");
  const named = (pattern) =>
    [...source.matchAll(pattern)].map(([, to]) => relative(ROOT, join(dirname(path), to)));
  const first = named(/^(?:import|export) [^;]*?"(\.[^"]+)";/gms); // fetched with the module
  const imports = [...first, ...named(/import\("(\.[^"]+)"\)/g)]; // these when they are needed
  modules.set(relative(ROOT, path), { source, imports, first });
}

/** Everything that `name` imports, directly or not. */
function reach(name, seen = new Set()) {
  for (const other of modules.get(name).imports) {
    if (seen.has(other)) continue;
    seen.add(other);
    reach(other, seen);
  }
  return seen;
}

test("every import is a module of ours", () => {
  for (const [name, { imports }] of modules) {
    for (const other of imports) assert.ok(modules.has(other), `${name}: ${other}`);
  }
});

test("no module reaches itself", () => {
  for (const name of modules.keys()) assert.ok(!reach(name).has(name), name);
});

test("nobody hands itself over as a whole: parts get what they need", () => {
  for (const [name, { source }] of modules) {
    assert.doesNotMatch(source, /new \w+\((?:[^()]*,\s*)?this\s*[,)]/, name);
    assert.doesNotMatch(source, /[{,]\s*\w+: this\s*[,}]/, name);
  }
});

test("every module is used by a page or by every page", () => {
  const entries = [...modules.keys()].filter(
    (name) => name.startsWith("pages/") || /\.work(?:let|er)\.js$/.test(name),
  );
  const used = new Set([...entries, "admin.js", "ui/boot.js", ...reach("ui/boot.js")]);
  for (const entry of entries) for (const name of reach(entry)) used.add(name);
  assert.deepEqual(
    [...modules.keys()].filter((name) => !used.has(name)),
    [],
  );
});

test("a page fetches few scripts before it needs more", () => {
  const fetched = new Set(["ui/boot.js"]);
  for (const name of fetched) for (const other of modules.get(name).first) fetched.add(other);
  assert.ok(fetched.size <= 4, [...fetched].join(" "));
});

test("each module is short enough to know one thing", () => {
  for (const [name, { source }] of modules) {
    assert.ok(source.split("\n").length <= LONGEST, name);
  }
});
