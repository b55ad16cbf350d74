// What the desk fetches again takes the place of what is shown, and nobody is disturbed by it.

import "./browser.js";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { Queue } from "../../static/js/desk/queue/queue.js";
import { replace } from "../../static/js/desk/replace.js";

const real = globalThis.document;
let focused = [];

beforeEach(() => {
  focused = [];
  globalThis.document = {
    activeElement: null,
    documentElement: { lang: "en" },
    getElementById: (id) => ({ focus: () => focused.push(id) }),
  };
});
afterEach(() => {
  globalThis.document = real;
});

/** A place with this markup, that notes what is put in; `has` is the element with the keyboard. */
function place(html, has = null) {
  const drawn = [];
  return {
    drawn,
    dataset: {},
    childNodes: [html],
    get innerHTML() {
      return this.childNodes.join("");
    },
    addEventListener: () => {},
    pressed: false,
    matches(what) {
      return what === ":active" && this.pressed;
    },
    contains: (node) => node !== null && node === has,
    querySelector: () => null,
    querySelectorAll: () => [],
    replaceChildren(...nodes) {
      drawn.push(nodes.join(""));
      this.childNodes = nodes;
    },
  };
}

test("the keyboard stays where it was", () => {
  const button = { id: "debrief-4" };
  document.activeElement = button;
  const here = place("1 of 3 cases", button);
  replace(here, place("2 of 3 cases"));
  assert.deepEqual([here.drawn, focused], [["2 of 3 cases"], ["debrief-4"]]);
  replace(place("elsewhere"), place("new"));
  assert.deepEqual(focused, ["debrief-4"]);
});

test("what is the same stays: an alert is told once", () => {
  const here = place("\n  Not at work: mail\n");
  replace(here, place("Not at work: mail"));
  assert.deepEqual(here.drawn, []);
  replace(here, place(""));
  assert.deepEqual(here.drawn, [""]);
});

test("a form that differs by its token alone is the same", () => {
  const form = (token) => `<form><input type="hidden" name="csrfmiddlewaretoken" value="${token}">`;
  const here = place(`${form("a1")}Go available`);
  replace(here, place(`${form("b2")}Go available`));
  assert.deepEqual(here.drawn, []);
  replace(here, place(`${form("b2")}Available`));
  assert.deepEqual(here.drawn, [`${form("b2")}Available`]);
});

test("what is pressed stays until it is let go, and its click was heard", async () => {
  const window = new EventTarget();
  const { addEventListener } = globalThis;
  globalThis.addEventListener = window.addEventListener.bind(window);
  try {
    const here = place("Go available");
    here.pressed = true;
    replace(here, place("Go available, 2 wait"));
    assert.deepEqual(here.drawn, []);
    here.pressed = false;
    window.dispatchEvent(new Event("pointerup"));
    assert.deepEqual(here.drawn, [], "the click comes first");
    await new Promise((resolve) => setTimeout(resolve));
    assert.deepEqual(here.drawn, ["Go available, 2 wait"]);
    window.dispatchEvent(new Event("pointerup"));
    await new Promise((resolve) => setTimeout(resolve));
    assert.equal(here.drawn.length, 1);
  } finally {
    globalThis.addEventListener = addEventListener;
  }
});

test("a refresh of the queue takes the keyboard from nobody's own status", () => {
  const button = { id: "desk-status" };
  document.activeElement = button;
  const parts = { stopped: place(""), presence: place("1 case", button), rows: place("a") };
  const byName = (found) => (what) => found[/^\[data-part=(\w+)\]$/.exec(what)?.[1]] ?? place("");
  const section = { querySelector: byName(parts) };
  const queue = new Queue(
    { dataset: { queueUrl: "/queue/" }, querySelector: () => section },
    { words: { fresh: "{n} new" }, on: { shown: () => {} } },
  );
  const fresh = { stopped: place("Not at work"), presence: place("2 cases"), rows: place("b") };
  queue.put({ querySelector: byName(fresh) }, true);
  const drawn = Object.values(parts).map((part) => part.drawn);
  assert.deepEqual(drawn, [["Not at work"], ["2 cases"], ["b"]]);
  assert.deepEqual(focused, ["desk-status"]);
});
