// The wall's own parts: what is fetched again and when it may move, and the one dialog.

import "./browser.js";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { AskedDialog } from "../../static/js/desk/asked_dialog.js";
import { Board } from "../../static/js/desk/wall/board.js";
import { startClock, stopClock, tick } from "./clock.js";
import { names, spy } from "./strict.js";

const GIVEN = ["fetch", "document", "FormData", "location"];
const real = new Map();
let calls = [];

beforeEach(() => {
  calls = [];
  for (const name of GIVEN) real.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
});
afterEach(() => {
  for (const [name, descriptor] of real) {
    if (descriptor) Object.defineProperty(globalThis, name, descriptor);
    else delete globalThis[name];
  }
});

const turn = () => new Promise((resolve) => setTimeout(resolve));

/** A node with `childNodes`, which notes what it listens to. */
function node(parts = {}) {
  const listeners = {};
  return {
    dataset: {},
    childNodes: [],
    listeners,
    hovered: false,
    addEventListener: (kind, act) => {
      listeners[kind] = act;
    },
    matches(what) {
      return what === ":hover" && this.hovered;
    },
    get innerHTML() {
      return this.childNodes.join("");
    },
    contains: () => false,
    replaceChildren(...children) {
      this.childNodes = children;
    },
    querySelectorAll: () => [],
    ...parts,
  };
}

/** The wall's lists with these cases, as a page or a fragment has them. */
function lists(...cases) {
  return node({
    childNodes: cases,
    querySelectorAll: (what) =>
      what.includes("data-case") ? cases.map((pk) => ({ dataset: { case: pk } })) : [],
  });
}

/** A fragment with `tiles` and the cases of the line. */
function answer(tiles, ...cases) {
  const part = node({ dataset: { part: "tiles" }, childNodes: [tiles] });
  const board = node({ dataset: { now: "2026-03-10T12:00:00Z", waiting: String(cases.length) } });
  const shown = lists(...cases);
  return {
    querySelector: (what) => (what === "[data-board]" ? board : shown),
    querySelectorAll: (what) => (what === "[data-part]" ? [part] : []),
  };
}

/** Answers each request with the next of `answers`: a fragment, or [status, JSON]. */
function serve(...answers) {
  let content = null;
  globalThis.location = { href: "https://x.test/" };
  globalThis.document = {
    activeElement: null,
    documentElement: { lang: "en" },
    getElementById: () => null,
    querySelector: () => null,
    createElement: () => ({
      get content() {
        return content;
      },
    }),
  };
  globalThis.fetch = async (url) => {
    calls.push(["fetch", url]);
    const [status, json] = Array.isArray(answers[0]) ? answers.shift() : [200, null];
    if (json) {
      const headers = { "Content-Type": "application/json" };
      return new Response(JSON.stringify(json), { status, headers });
    }
    content = answers.shift();
    return new Response("", { status });
  };
}

function makeBoard(...cases) {
  const places = {
    "[data-board]": node({ dataset: { waiting: String(cases.length) } }),
    "[data-lists]": lists(...cases),
    "[data-fresh]": node({ hidden: true, textContent: "" }),
    "[data-part=tiles]": node(),
  };
  const root = { dataset: { boardUrl: "/board/" }, querySelector: (what) => places[what] };
  const on = spy("on", ["shown", "answered", "trouble"], calls);
  const board = new Board(root, { words: { fresh: "{n} new" }, on });
  return { board, tiles: places["[data-part=tiles]"], lists: board.rows, pill: board.pill };
}

test("numbers are always the newest, and no row moves under the pointer", async () => {
  const { board, tiles, lists, pill } = makeBoard("1");
  lists.hovered = true;
  lists.listeners.pointerenter();
  serve(answer("2 wait", "7", "1"));
  await board.refresh({ force: false });
  assert.deepEqual(tiles.childNodes, ["2 wait"]);
  assert.deepEqual(lists.childNodes, ["1"]);
  assert.deepEqual([pill.hidden, pill.textContent], [false, "1 new"]);
  assert.equal(board.waiting, 2);
  pill.listeners.click();
  assert.deepEqual(lists.childNodes, ["7", "1"]);
  assert.equal(pill.hidden, true);
});

test("what is the same is not drawn again: an alert would be told again", async () => {
  const { board, tiles } = makeBoard("1");
  const drawn = [];
  const { replaceChildren } = tiles;
  tiles.replaceChildren = (...children) => {
    drawn.push(children);
    replaceChildren.apply(tiles, children);
  };
  serve(answer("2 wait", "1"), answer("2 wait", "1"), answer("3 wait", "1"));
  for (let round = 0; round < 3; round += 1) await board.refresh({ force: true });
  assert.deepEqual(drawn, [["2 wait"], ["3 wait"]]);
});

test("what the supervisor has just done is shown at once", async () => {
  const { board, lists } = makeBoard("1");
  lists.listeners.pointerenter();
  serve(answer("2 wait", "7", "1"));
  await board.refresh({ force: true });
  assert.deepEqual(lists.childNodes, ["7", "1"]);
});

test("what the supervisor has just done waits for no turn of the desks", async (context) => {
  stopClock();
  context.after(startClock);
  const { board } = makeBoard("1");
  serve(answer("2 wait", "7", "1"));
  const pushed = board.refresh();
  await Promise.all([board.refresh({ force: true }), pushed]);
  assert.equal(names(calls).filter((name) => name === "fetch").length, 1);
});

test("many events of one change are one request, and a failed one is told of", async () => {
  const { board } = makeBoard();
  serve([500, { message: "No." }]);
  await Promise.all([board.refresh(), board.refresh(), board.refresh()]);
  assert.deepEqual(names(calls), ["fetch", "on.trouble"]);
});

test("many talks that begin or end at once are one request", async (context) => {
  stopClock();
  context.after(startClock);
  const { board } = makeBoard();
  let fetched = 0;
  board.refresh = () => {
    fetched += 1;
  };
  for (let talk = 0; talk < 5; talk += 1) board.talksChanged();
  tick(1000);
  assert.equal(fetched, 1);
  board.talksChanged();
  tick(1000);
  assert.equal(fetched, 2);
});

const URL_OF_BUTTON = "/ask/";

function makeDialog() {
  const dialog = node({ open: false });
  dialog.showModal = () => {
    dialog.open = true;
  };
  dialog.close = () => {
    dialog.open = false;
  };
  const attributes = new Map();
  const button = {
    dataset: { ask: URL_OF_BUTTON },
    getAttribute: (name) => attributes.get(name),
    setAttribute: (name, value) => attributes.set(name, value),
    removeAttribute: (name) => attributes.delete(name),
  };
  const on = spy("on", ["done", "go"], calls);
  return { it: new AskedDialog(dialog, { on }), dialog, button };
}

test("the dialog tells of now: it is fetched when it opens, once", async () => {
  const { it, dialog, button } = makeDialog();
  const content = node();
  serve(content);
  await Promise.all([it.open(button), it.open(button)]);
  assert.equal(dialog.open, true);
  assert.deepEqual(dialog.childNodes, [content]);
  await it.open(button);
  assert.deepEqual(calls, [["fetch", URL_OF_BUTTON]]);
});

/** A form of the wall, with its place for what went wrong. */
function formWith(place) {
  globalThis.FormData = class extends URLSearchParams {};
  return {
    action: "/act/",
    dataset: {},
    matches: () => true,
    querySelector: () => place,
  };
}

function submitted(form) {
  return { target: form, submitter: null, defaultPrevented: false, preventDefault: () => {} };
}

test("a refusal is said in the dialog, which stays, and the wall is fetched again", async () => {
  const { it, dialog } = makeDialog();
  dialog.open = true;
  const place = { hidden: true, textContent: "" };
  serve([409, { code: "conflict", message: "It is P1 by now." }]);
  it.submitted(submitted(formWith(place)));
  await turn();
  await turn();
  assert.deepEqual([place.hidden, place.textContent], [false, "It is P1 by now."]);
  assert.equal(dialog.open, true);
  assert.deepEqual(names(calls), ["fetch", "on.done"]);
});

test("whoever takes a talk goes on to it", async () => {
  const { it, dialog } = makeDialog();
  dialog.open = true;
  serve([200, { next: "/desk/?case=4" }]);
  it.submitted(submitted(formWith(null)));
  await turn();
  await turn();
  assert.equal(dialog.open, false);
  assert.deepEqual(calls.at(-1), ["on.go", "/desk/?case=4"]);
});
