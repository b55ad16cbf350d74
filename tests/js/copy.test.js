// A link is copied by a button; where nothing can be copied, nothing is said to be.

import "./browser.js";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { copyFrom } from "../../static/js/ui/copy.js";

const given = Object.getOwnPropertyDescriptor(globalThis, "navigator");
let selected = 0;
let shown = [];
const field = { value: "https://here/join/1", select: () => selected++ };

beforeEach(() => {
  selected = 0;
  shown = [];
});
afterEach(() => {
  if (given) Object.defineProperty(globalThis, "navigator", given);
  else delete globalThis.navigator;
});

function withClipboard(clipboard) {
  Object.defineProperty(globalThis, "navigator", { value: { clipboard }, configurable: true });
}

test("what the field holds is copied, and said to be", async () => {
  const copied = [];
  withClipboard({ writeText: async (text) => copied.push(text) });
  await copyFrom(field, "Copied", (text) => shown.push(text));
  assert.deepEqual([copied, shown, selected], [[field.value], ["Copied"], 1]);
});

test("without a clipboard, or where it is forbidden, it is selected and nothing is said", async () => {
  for (const clipboard of [undefined, { writeText: () => Promise.reject(new Error("no")) }]) {
    withClipboard(clipboard);
    await copyFrom(field, "Copied", (text) => shown.push(text));
  }
  assert.deepEqual([shown, selected], [[], 2]);
});
