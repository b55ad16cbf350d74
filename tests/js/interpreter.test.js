// The interpreter's page: what is played again, and whose words the server is told to translate.

import "./browser.js";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { HANDLED, handlers, receiver } from "../../static/js/interpreter/messages.js";
import { Replay } from "../../static/js/interpreter/replay.js";
import { Steering } from "../../static/js/interpreter/steering.js";

const before = Object.getOwnPropertyDescriptor(globalThis, "addEventListener");
let listeners = {};

beforeEach(() => {
  listeners = {};
  Object.defineProperty(globalThis, "addEventListener", {
    value: (name, act) => {
      listeners[name] = act;
    },
    configurable: true,
    writable: true,
  });
});
afterEach(() => {
  if (before) Object.defineProperty(globalThis, "addEventListener", before);
  else delete globalThis.addEventListener;
});

function frame(item, samples = 480) {
  const buffer = new ArrayBuffer(8 + samples * 2);
  new DataView(buffer).setUint16(4, item, true);
  return buffer;
}

const itemOf = (buffer) => new DataView(buffer).getUint16(4, true);

test("a line is played again as an item of its own, as often as somebody wants", () => {
  const replay = new Replay();
  replay.keep(frame(3));
  replay.keep(frame(3));
  assert.equal(replay.has(3), true);
  const first = replay.again(3);
  const second = replay.again(3);
  assert.equal(first.length, 2);
  assert.notEqual(itemOf(first[0]), 3);
  assert.equal(itemOf(first[0]), itemOf(first[1]));
  assert.notEqual(itemOf(first[0]), itemOf(second[0]));
});

test("what was kept is not what the player has taken away", () => {
  const replay = new Replay();
  const sent = frame(3);
  replay.keep(sent);
  structuredClone(sent, { transfer: [sent] });
  assert.equal(replay.again(3)[0].byteLength, 8 + 960);
});

test("a page keeps the sound of its last lines only, and of no endless one", () => {
  const replay = new Replay();
  for (let item = 1; item <= 40; item += 1) replay.keep(frame(item));
  assert.equal(replay.has(1), false);
  assert.equal(replay.has(40), true);
  for (let n = 0; n < 70; n += 1) replay.keep(frame(50, 24_000));
  assert.equal(replay.has(50), false);
  assert.equal(replay.again(50).length, 0, "nothing of it is kept");
  assert.equal(replay.has(99), false);
});

function steering() {
  const sent = [];
  const root = { querySelectorAll: () => [], addEventListener: () => {} };
  const made = new Steering(root, { send: (message) => sent.push(message), changed: () => {} });
  return { made, sent };
}

test("a direction that is locked is told, and a button takes its place", () => {
  const { made, sent } = steering();
  made.choose("a", false);
  made.choose("auto", true);
  assert.deepEqual(sent, [
    { type: "direction", lock: "a", by_button: false },
    { type: "direction", lock: "auto", by_button: true },
  ]);
});

test("a button counts only where buttons do, and is let go wherever that happens", () => {
  const { made, sent } = steering();
  made.hold("a");
  assert.deepEqual(sent, []);
  made.choose("auto", true);
  made.hold("b");
  made.hold("b");
  listeners.blur();
  listeners.pointerup();
  assert.deepEqual(sent.slice(1), [
    { type: "held", side: "b" },
    { type: "held", side: "" },
  ]);
});

test("a connection that is made anew learns how it stands", () => {
  const { made, sent } = steering();
  made.choose("auto", true);
  made.hold("a");
  sent.length = 0;
  made.tell();
  assert.deepEqual(sent, [
    { type: "direction", lock: "auto", by_button: true },
    { type: "held", side: "a" },
  ]);
});

test("every message has its handler, and one that is none of ours harms nothing", () => {
  assert.deepEqual(Object.keys(handlers).sort(), [...HANDLED].sort());
  const told = [];
  const meeting = { staged: (stage) => told.push(stage) };
  const warn = console.warn;
  console.warn = () => {};
  receiver(meeting)({ type: "stage", stage: "alone" });
  receiver(meeting)({ type: "weather" });
  console.warn = warn;
  assert.deepEqual(told, ["alone"]);
});
