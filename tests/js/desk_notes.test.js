// Notes between experts: who is named in them, where they stand, and which key leads to them.

import "./browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { asked, Mentions } from "../../static/js/desk/case/mentions.js";
import { placeOf } from "../../static/js/desk/case/thread.js";
import { Keys } from "../../static/js/desk/keys.js";

test("an @ at a word's beginning asks for a colleague, and letters narrow it", () => {
  assert.equal(asked("@"), "");
  assert.equal(asked("look, @Bé"), "bé");
  assert.equal(asked("mail bea@x"), null);
  assert.equal(asked("@Bea Stone"), null);
  assert.equal(asked("nothing"), null);
});

test("a note stands behind the entry after which it was written, a caption behind all", () => {
  const entries = [{ seq: "4" }, { after: "3" }, {}, { seq: "3" }, { after: "0" }];
  const sorted = entries
    .map((dataset) => ({ dataset }))
    .sort((one, other) => placeOf(one) - placeOf(other))
    .map(({ dataset }) => dataset);
  assert.deepEqual(sorted, [{ after: "0" }, { seq: "3" }, { after: "3" }, { seq: "4" }, {}]);
});

function stage(names) {
  const heard = {};
  const nodes = names.map((name) => ({
    id: name,
    hidden: true,
    dataset: { mention: name },
    setAttribute() {},
    scrollIntoView() {},
  }));
  const list = { hidden: true, querySelectorAll: () => nodes, append() {}, addEventListener() {} };
  const box = {
    value: "",
    addEventListener: (name, act) => {
      heard[name] = act;
    },
    setAttribute() {},
    removeAttribute() {},
    dispatchEvent() {},
    setSelectionRange(start) {
      this.selectionStart = start;
    },
  };
  const mentions = new Mentions(list, box);
  const type = (text, rest = "") => {
    box.value = text + rest;
    box.selectionStart = text.length;
    heard.input();
  };
  const press = (key) => {
    const event = { key, taken: false, preventDefault() {}, stopImmediatePropagation() {} };
    event.preventDefault = () => {
      event.taken = true;
    };
    heard.keydown(event);
    return event.taken;
  };
  return { list, box, mentions, type, press };
}

test("Enter writes the name that is chosen and sends nothing; then it sends again", () => {
  const { list, box, type, press } = stage(["Asha Rao", "Bea", "Bert"]);
  type("ask @b", " today");
  assert.equal(list.hidden, false);
  press("ArrowDown");
  assert.ok(press("Enter"));
  assert.equal(box.value, "ask @Bert  today");
  assert.ok(list.hidden);
  assert.equal(press("Enter"), false);
  type("@rao");
  press("Tab");
  assert.equal(box.value, "@Asha Rao ");
});

test("Alt+P leads to the note from the box for the member, N from anywhere else", () => {
  let down;
  const clicks = [];
  globalThis.addEventListener = (_name, act) => {
    down = act;
  };
  globalThis.document = { querySelector: () => null };
  const button = { disabled: false, getAttribute: () => null, click: () => clicks.push("note") };
  new Keys(
    { querySelector: () => null },
    {
      offerKey: () => false,
      step() {},
      button: (name) => (name === "n" ? button : null),
      focusComposer() {},
    },
  );
  const inField = { closest: () => ({}) };
  const press = (event) => down({ target: inField, preventDefault() {}, ...event });
  press({ key: "n", code: "KeyN" });
  assert.deepEqual(clicks, []);
  press({ key: "π", code: "KeyP", altKey: true });
  assert.deepEqual(clicks, ["note"]);
  press({ key: "n", code: "KeyN", target: { closest: () => null } });
  assert.equal(clicks.length, 2);
});
