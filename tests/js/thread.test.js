// The thread of a talk: order, what stands for what, what waits, and who scrolls.

import "./browser.js";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { Entries } from "../../static/js/talk/thread/entries.js";
import { PendingTexts } from "../../static/js/talk/thread/pending.js";
import { ThreadScroll } from "../../static/js/talk/thread/scroll.js";

/** As much of an element as an entry of the thread needs. */
class Node {
  constructor(dataset = {}, text = "") {
    this.dataset = dataset;
    this.words = { textContent: text };
    this.line = null;
    this.classes = new Set();
    this.classList = { add: (name) => this.classes.add(name) };
    this.list = null;
  }
  querySelector(selector) {
    if (selector === ".turn__text") return this.words;
    if (selector === ".turn__note") return this.line;
    if (selector === ".turn__body") return { append: (line) => this.hang(line) };
    throw new Error(`an entry has no ${selector}`);
  }
  hang(line) {
    this.line = line;
    line.remove = () => {
      this.line = null;
    };
  }
  querySelectorAll() {
    return []; // no times
  }
  contains() {
    return false;
  }
  cloneNode() {
    return new Node({}, this.words.textContent);
  }
  remove() {
    this.list.children = this.list.children.filter((other) => other !== this);
  }
}

/** A list that finds entries by one data attribute, and knows the two selectors of pending texts. */
class List {
  children = [];
  insertBefore(node, next) {
    const others = this.children.filter((other) => other !== node);
    const at = next ? others.indexOf(next) : others.length;
    this.children = [...others.slice(0, at), node, ...others.slice(at)];
    node.list = this;
  }
  append(node) {
    this.insertBefore(node, null);
  }
  querySelector(selector) {
    const [, name, value] = /^\[data-(\w+)="(.+)"\]$/.exec(selector);
    return this.children.find((node) => node.dataset[name] === value) ?? null;
  }
  querySelectorAll(selector) {
    const pending = this.children.filter((node) => node.classes.has("turn--pending"));
    if (selector === ".turn--pending") return pending;
    assert.equal(selector, ".turn--pending:not(.turn--note)");
    return pending.filter((node) => !node.classes.has("turn--note"));
  }
}

beforeEach(() => {
  globalThis.CSS = { escape: (text) => text };
  globalThis.document = {
    activeElement: null,
    documentElement: { lang: "en" },
    createElement: () => ({}),
  };
});
afterEach(() => {
  delete globalThis.CSS;
  delete globalThis.document;
});

function entries() {
  const list = new List();
  const template = { dataset: { turn: "member" }, content: { firstElementChild: new Node() } };
  const made = new Entries({ querySelectorAll: () => [template] }, list);
  const shown = () => list.children.map(({ dataset }) => dataset.seq ?? dataset.item);
  return { made, list, shown };
}

test("entries stand by their number, and what has none stays at the end", () => {
  const { made, shown } = entries();
  made.append(new Node({ item: "live" }));
  for (const seq of ["3", "1", "12", "2"]) made.place(new Node({ seq }));
  assert.deepEqual(shown(), ["1", "2", "3", "12", "live"]);
});

test("a stored turn takes the place of its caption and of itself as it was", () => {
  const { made, list, shown } = entries();
  made.append(new Node({ item: "m1" }));
  made.place(new Node({ seq: "1", item: "m1" }, "Eggs"));
  assert.deepEqual(shown(), ["1"]);
  made.place(new Node({ seq: "1", item: "m1" }, "Two eggs"));
  assert.equal(list.children.length, 1);
  assert.equal(list.children[0].words.textContent, "Two eggs");
});

function pending() {
  const { made, list } = entries();
  const settled = [];
  return { texts: new PendingTexts(made, (id) => settled.push(id)), list, settled };
}

test("a waiting text says so beneath it once, and a note says it in its own way", () => {
  const { texts } = pending();
  const text = texts.add("a", "eggs");
  const note = texts.add("b", "toast");
  note.classes.add("turn--note");
  texts.wait("Waiting to be sent");
  const { line } = text;
  assert.equal(line.textContent, "Waiting to be sent");
  texts.wait("Waiting to be sent");
  assert.equal(text.line, line);
  assert.equal(note.line, null);
  texts.wait("");
  assert.equal(text.line, null);
});

test("a typed text is settled by its id", () => {
  const { texts, list, settled } = pending();
  texts.add("a", "eggs");
  texts.settle(new Node({ client: "a" }, "eggs"));
  assert.deepEqual(settled, ["a"]);
  assert.equal(list.children.length, 1, "the list itself takes the old entry away");
});

test("where the server names no id the same words are the same text, once", () => {
  const { texts, list, settled } = pending();
  texts.add("a", "yes");
  texts.add("b", "yes");
  texts.settle(new Node({}, "no"));
  assert.deepEqual(settled, []);
  texts.settle(new Node({}, "yes"));
  assert.deepEqual(settled, ["a"]);
  assert.deepEqual(
    list.children.map(({ dataset }) => dataset.client),
    ["b"],
  );
});

function scroll({ height = 1000, room = 400 } = {}) {
  const heard = {};
  const part = () => ({
    addEventListener: (type, act) => {
      heard[type] = act;
    },
  });
  const scroller = { ...part(), scrollTop: 0, scrollHeight: height, clientHeight: room };
  const jump = { ...part(), hidden: true };
  let resized;
  globalThis.ResizeObserver = class {
    constructor(act) {
      resized = act;
    }
    observe() {}
  };
  const root = {
    querySelector: (name) =>
      ({ "[data-thread-scroll]": scroller, "[data-jump]": jump })[name] ?? assert.fail(name),
  };
  const made = new ThreadScroll(root, {});
  delete globalThis.ResizeObserver;
  const reader = (top) => {
    scroller.scrollTop = top;
    heard.scroll();
  };
  return { made, scroller, jump, reader, resized: () => resized(), click: () => heard.click() };
}

test("what is new is followed, until the reader moves up", () => {
  const { made, scroller, jump, reader, click } = scroll();
  made.follow();
  assert.equal(scroller.scrollTop, 1000);
  reader(200);
  scroller.scrollHeight = 1500;
  made.settle();
  assert.equal(scroller.scrollTop, 200);
  assert.equal(jump.hidden, false);
  click();
  assert.equal(scroller.scrollTop, 1500);
  assert.equal(jump.hidden, true);
});

test("room that is taken away is no reader who moves up", () => {
  const { made, scroller, reader, resized } = scroll();
  made.follow();
  scroller.clientHeight = 200; // the keyboard of a phone
  reader(1000);
  scroller.scrollHeight = 1300;
  resized();
  assert.equal(scroller.scrollTop, 1300);
});

test("a reader who comes back to the end follows again", () => {
  const { made, scroller, jump, reader } = scroll();
  made.follow();
  reader(100);
  made.settle();
  assert.equal(jump.hidden, false);
  reader(560);
  assert.equal(jump.hidden, true);
  scroller.scrollHeight = 1200;
  made.settle();
  assert.equal(scroller.scrollTop, 1200);
});
