import "./browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { TalkSummary } from "../../static/js/desk/case/summary.js";
import { startClock, stopClock, tick } from "./clock.js";

/** A part of the page whose markup is a string, and the server that draws it. */
function stage(first, drawn) {
  const asked = [];
  const answers = [...drawn];
  const real = { fetch: globalThis.fetch, document: globalThis.document };
  const box = () => {
    const node = { innerHTML: "", childNodes: [] };
    node.append = (...nodes) => {
      node.innerHTML = nodes.join("");
      node.childNodes = nodes;
    };
    return node;
  };
  globalThis.document = {
    activeElement: null,
    createElement: (name) =>
      name === "template"
        ? {
            set innerHTML(html) {
              this.content = { childNodes: [html], querySelectorAll: () => [] };
            },
          }
        : box(),
  };
  globalThis.fetch = async (url) => {
    asked.push(url);
    const html = await answers.shift();
    if (html === undefined) throw new Error("nobody asks so often");
    return { ok: true, url: `http://x.test${url}`, text: async () => html };
  };
  const part = {
    innerHTML: first,
    dataset: { url: "/summary/" },
    contains: () => false,
    replaceChildren: (...nodes) => Object.assign(part, { innerHTML: nodes.join("") }),
    querySelector: (wanted) =>
      wanted === "[data-unfinished]" ? part.innerHTML.includes("data-unfinished") || null : null,
  };
  const done = () => Object.assign(globalThis, real);
  return { part, asked, done };
}

/** Until all that was begun has ended. */
const settle = async () => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

test("lines that come together are one fetch, and what is the same is not drawn again", async () => {
  stopClock(0);
  const { part, asked, done } = stage("one", ["one", "two"]);
  const drawn = [];
  const it = new TalkSummary(part, {
    on: { drawn: () => drawn.push(part.innerHTML), trouble: assert.ifError },
  });
  it.changed();
  it.changed();
  tick(4000);
  await settle();
  assert.deepEqual([asked.length, drawn], [1, []]);
  it.changed();
  tick(4000);
  await settle();
  assert.deepEqual([asked.length, drawn], [2, ["two"]]);
  it.close();
  done();
  startClock();
});

test("while a language model writes, it is looked at again, and no longer", async () => {
  stopClock(0);
  const { part, asked, done } = stage("data-unfinished", ["data-unfinished 2", "written"]);
  const it = new TalkSummary(part, { on: { drawn: () => {}, trouble: assert.ifError } });
  for (let round = 0; round < 4; round += 1) {
    tick(5000);
    await settle();
  }
  assert.equal(asked.length, 2);
  assert.equal(part.innerHTML, "written");
  it.close();
  done();
  startClock();
});

test("what was asked for last is shown, whichever answer comes first", async () => {
  stopClock(0);
  let answer;
  const slow = new Promise((resolve) => {
    answer = resolve;
  });
  const { part, done } = stage("one", [slow]);
  const it = new TalkSummary(part, { on: { drawn: () => {}, trouble: assert.ifError } });
  const before = it.begin();
  it.changed();
  tick(4000);
  const after = it.begin();
  it.put(["whole case"], after);
  answer("late");
  await settle();
  assert.equal(part.innerHTML, "whole case");
  it.put(["older case"], before);
  assert.equal(part.innerHTML, "whole case");
  it.close();
  it.put(["closed"], it.begin());
  assert.equal(part.innerHTML, "whole case");
  done();
  startClock();
});
