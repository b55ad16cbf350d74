// What a person types is theirs until it was taken.

import "./browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Composer, leftOf, lengthOf, tabDraft } from "../../static/js/ui/composer.js";

/** A field with a limit of ten characters, and what the page says beneath it. */
function field(value = "") {
  const heard = {};
  const box = {
    value,
    dataset: { limit: "10" },
    validity: "",
    attributes: {},
    focused: false,
    addEventListener: (name, listener) => {
      heard[name] = listener;
    },
    setCustomValidity: (text) => {
      box.validity = text;
    },
    setAttribute: (name, text) => {
      box.attributes[name] = text;
    },
    focus: () => {
      box.focused = true;
    },
    closest: () => null,
    after: (node) => {
      box.below = node;
    },
    type: (text) => {
      box.value = text;
      heard.input();
    },
  };
  globalThis.document = {
    getElementById: () => null,
    createElement: () => ({
      setAttribute: () => {},
      classList: { toggle: () => {} },
    }),
  };
  return box;
}

function storage() {
  const kept = new Map();
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => kept.set(name, text),
    removeItem: (name) => kept.delete(name),
  };
}

test("what is typed while an entry is on its way stays, and only what was sent goes", async () => {
  const box = field();
  const composer = new Composer(box, tabDraft("a", storage()));
  box.type("two eggs");
  const sending = composer.send(async () => {
    box.type("two eggs tea");
    return {};
  });
  assert.equal(await composer.send(() => assert.fail("one at a time")), undefined);
  await sending;
  assert.equal(box.value, "tea");
  box.type("an apple");
  await composer.send(async () => box.type("something"));
  assert.equal(box.value, "something");
});

test("what failed stands where it was typed, and is what is tried again", async () => {
  const box = field();
  const composer = new Composer(box, tabDraft("a", storage()));
  box.type("two eggs");
  await assert.rejects(composer.send(() => Promise.reject(new Error("lost"))));
  assert.equal(box.value, "two eggs");
  box.type("tea");
  const told = [];
  await composer.send(async (text) => told.push(text), "two eggs");
  assert.deepEqual(told, ["two eggs"]);
  assert.equal(box.value, "tea");
});

test("what the server did not take comes back before what was typed meanwhile", () => {
  assert.equal(leftOf("eggs and grmpf", "eggs and grmpf", "grmpf"), "grmpf");
  assert.equal(leftOf("eggs and grmpf tea", "eggs and grmpf", "grmpf"), "grmpf tea");
  assert.equal(leftOf("eggs", "eggs"), "");
});

test("a long text is not cut and not sent: the page says by how much it is too long", async () => {
  const box = field();
  const composer = new Composer(box, tabDraft("a", storage()));
  box.type("1234567");
  assert.equal(box.below, undefined);
  box.type("123456789");
  assert.equal(box.below.textContent, "room_left");
  box.type("1234567890ab");
  assert.equal(composer.over, 2);
  assert.equal(box.below.textContent, "too_long");
  assert.equal(box.validity, "too_long");
  assert.equal(box.attributes["aria-invalid"], "true");
  assert.equal(await composer.send(() => assert.fail("too long")), undefined);
  assert.equal(composer.take(), "");
  assert.equal(box.value, "1234567890ab");
  assert.ok(box.focused);
  box.type("1234567890");
  assert.equal(box.validity, "");
  assert.equal(composer.take(), "1234567890");
  assert.equal(box.value, "");
});

test("characters are counted as people count them", () => {
  assert.equal(lengthOf(" 🥑é\r\n"), 2);
});

test("a draft is there after a reload until it was taken, and each box has its own", async () => {
  const kept = storage();
  const first = field();
  new Composer(first, tabDraft("mine", kept));
  first.type("half a word");
  const again = field();
  const composer = new Composer(again, tabDraft("mine", kept));
  assert.equal(again.value, "half a word");
  const other = field();
  new Composer(other, tabDraft("hers", kept));
  assert.equal(other.value, "");
  composer.set("short");
  composer.take();
  assert.equal(tabDraft("mine", kept).read(), "");
});

test("a browser that keeps nothing still lets people write", () => {
  const draft = tabDraft("x", null);
  draft.write("text");
  assert.equal(draft.read(), "");
});
