// What is typed into the form of a lesson and not saved yet.

import "./browser.js";
import assert from "node:assert/strict";
import test from "node:test";

import { FormDraft } from "../../static/js/lessons/form_draft.js";

globalThis.FormData = class {
  constructor(form) {
    this.pairs = Object.entries(form.fields);
  }
  [Symbol.iterator]() {
    return this.pairs[Symbol.iterator]();
  }
};

function page(base, title, dataset = {}) {
  const elements = { base: { value: base } };
  return { fields: { base, "scene-title": title }, elements, dataset };
}

function store() {
  let kept = "";
  return {
    read: () => kept,
    write: (text) => {
      kept = text;
    },
  };
}

const TYPED = [["scene-title", "typed"]];

test("what was not saved is given back, on a page of another version as well", () => {
  const tab = store();
  new FormDraft(tab, page("v1", "typed")).keep();
  assert.deepEqual(new FormDraft(tab, page("v1", "stored")).take(), TYPED);
  const other = page("v2", "restored");
  assert.deepEqual(new FormDraft(tab, other).take(), TYPED);
  assert.equal(other.elements.base.value, "v1"); // a save is told that it goes over another
});

test("what was saved is forgotten, and what was sent in vain is not", () => {
  const tab = store();
  new FormDraft(tab, page("v1", "typed")).keep(true);
  assert.deepEqual(new FormDraft(tab, page("v1", "stored")).take(), TYPED);
  assert.equal(new FormDraft(tab, page("v2", "as the server wrote it")).take(), null);
  assert.equal(tab.read(), "");
});

test("what stands on the page already is no draft", () => {
  const tab = store();
  new FormDraft(tab, page("v1", "typed")).keep();
  assert.equal(new FormDraft(tab, page("v1", "typed")).take(), null);
  assert.equal(tab.read(), "");
});

test("what stands on a refused page alone stays for the next one", () => {
  const tab = store();
  new FormDraft(tab, page("v1", "typed")).keep(true);
  assert.equal(new FormDraft(tab, page("v1", "typed", { refused: "" })).take(), null);
  assert.deepEqual(new FormDraft(tab, page("v1", "stored")).take(), TYPED);
});

test("a page is unsaved once something is typed, or when it was refused", () => {
  const form = page("v1", "stored");
  const draft = new FormDraft(store(), form);
  assert.equal(draft.unsaved, false);
  form.fields["scene-title"] = "typed";
  assert.equal(draft.unsaved, true);
  const refused = page("v1", "typed", { refused: "" });
  assert.equal(new FormDraft(store(), refused).unsaved, true);
});
