// Ready sentences are asked for by a slash, and a key that chooses one sends nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { asked, Replies } from "../../static/js/desk/case/replies.js";

const ALL = [
  { key: "hello", title: "Bonjour" },
  { key: "doctor", title: "Voir un médecin" },
  { key: "medicines", title: "Médicaments" },
];

test("a slash asks for all, letters for some, and other text for none", () => {
  assert.equal(asked("/", ALL).length, 3);
  assert.deepEqual(
    asked("/méd", ALL).map(({ key }) => key),
    ["medicines", "doctor"],
  );
  assert.deepEqual(asked("/zz", ALL), []);
  assert.equal(asked("and/or", ALL), null);
  assert.equal(asked("/hello there", ALL), null);
});

function stage() {
  globalThis.Event ??= class {};
  const node = (key) => ({
    id: `reply-${key}`,
    dataset: { keyWord: key, title: key, text: `Text of ${key}` },
    attributes: {},
    setAttribute(name, value) {
      this.attributes[name] = value;
    },
    scrollIntoView() {},
  });
  const nodes = ["hello", "doctor"].map(node);
  const heard = {};
  const list = {
    hidden: true,
    querySelectorAll: () => nodes,
    append() {},
    addEventListener() {},
  };
  const box = {
    value: "",
    attributes: {},
    addEventListener: (name, act) => {
      heard[name] = act;
    },
    setAttribute(name, value) {
      this.attributes[name] = value;
    },
    removeAttribute(name) {
      delete this.attributes[name];
    },
    dispatchEvent: () => heard.input(),
  };
  const replies = new Replies(list, box);
  const press = (key) => {
    const event = { key, stopped: false, preventDefault() {} };
    event.stopImmediatePropagation = () => {
      event.stopped = true;
    };
    heard.keydown(event);
    return event.stopped;
  };
  const type = (text) => {
    box.value = text;
    heard.input();
  };
  return { list, box, press, type, replies };
}

test("arrows choose, Enter inserts and the composer does not hear of it", () => {
  const { list, box, press, type } = stage();
  assert.equal(press("Enter"), false, "with no list it is the composer's");
  type("/");
  assert.equal(list.hidden, false);
  assert.equal(box.attributes["aria-activedescendant"], "reply-hello");
  assert.equal(press("ArrowDown"), true);
  assert.equal(box.attributes["aria-activedescendant"], "reply-doctor");
  assert.equal(press("Enter"), true);
  assert.deepEqual([box.value, list.hidden], ["Text of doctor", true]);
  assert.equal("aria-activedescendant" in box.attributes, false);
});

test("Escape closes the list and leaves the text", () => {
  const { list, box, press, type } = stage();
  type("/hel");
  assert.equal(press("Escape"), true);
  assert.deepEqual([box.value, list.hidden], ["/hel", true]);
});
