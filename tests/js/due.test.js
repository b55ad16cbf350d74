// The strips above every page, and the thread that the message stands in.

import "./browser.js";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { count, startDue } from "../../static/js/ui/due.js";
import { startClock, stopClock } from "./clock.js";

const AT_MOST = 20; // requests, before a test calls it a loop
let thread, strip, asked;

/** A region of the page that is fetched; after each fetch it is told as the browser tells it. */
function region(dataset, fetched = () => {}) {
  const node = {
    dataset,
    setAttribute: () => {},
    removeAttribute: () => {},
    contains: () => false,
    matches: () => false,
    replaceChildren: () => {},
    dispatchEvent: () => fetched(node),
  };
  return node;
}

let waiting; // a message that was not read
let works; // whether the thread's request is answered

beforeEach(() => {
  [waiting, works, asked] = [true, true, []];
  thread = region({ talk: "t1", url: "/thread" });
  strip = region({ refetch: "messages", url: "/messages" }, count);
  strip.querySelector = () => (waiting ? { dataset: { count: "1" } } : null);
  const node = () => ({
    dataset: {},
    classList: { add: () => {} },
    content: { querySelectorAll: () => [] },
    setAttribute: () => {},
    addEventListener: () => {},
    append: () => {},
    matches: () => false,
    showPopover: () => {},
    children: [],
  });
  globalThis.document = {
    activeElement: null,
    createElement: node,
    createElementNS: node,
    getElementById: (id) => (id === "words" ? null : node()),
    querySelector: (what) => (what === "[data-talk]" ? thread : { content: "/icons.svg" }),
    querySelectorAll: () => [],
  };
  globalThis.fetch = async (url) => {
    asked.push(url);
    if (asked.length > AT_MOST) throw new Error("a loop");
    if (url === "/thread") {
      if (!works) throw new TypeError("Failed to fetch");
      waiting = false;
    }
    return { ok: true, url: `http://coach.test${url}`, redirected: false, text: async () => "" };
  };
  stopClock();
});

afterEach(() => {
  startClock();
  delete globalThis.document;
});

/** Until nothing asks any more. */
async function quiet() {
  for (let round = 0; round < 50 * AT_MOST; round++) await Promise.resolve();
}

test("a message of the thread that is open is fetched into it, and the strip is asked again", async () => {
  count(strip);
  await quiet();
  assert.deepEqual(asked, ["/thread", "/messages"]);
});

test("a clock that says when something is due is no strip", async () => {
  const clock = region({ due: "2026-03-10T12:00:00Z" });
  const calm = region({ due: "", refetch: "reminders", url: "/reminders" });
  for (const node of [clock, calm]) {
    node.addEventListener = () => {};
    node.querySelector = () => null;
  }
  const strips = (node, what) => !what.includes("data-refetch") || node.dataset.refetch;
  document.querySelectorAll = (what) => [clock, calm].filter((node) => strips(node, what));
  startDue();
  await quiet();
  assert.deepEqual(asked, ["/reminders"]);
});

test("a thread that cannot be fetched is not asked again and again", async () => {
  works = false;
  count(strip);
  await quiet();
  assert.deepEqual(asked, ["/thread"]);
});
