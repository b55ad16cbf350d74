// How one talk listens: what the server is told, what leaves the page, when an echo is suspected.

import "./browser.js";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { EchoHint } from "../../static/js/talk/listening/echo_hint.js";
import { Listening } from "../../static/js/talk/listening/listening.js";
import { spy, strict } from "./strict.js";

let heard;
let now;
const realNow = performance.now;

beforeEach(() => {
  heard = { page: {}, document: {}, button: {} };
  now = 10_000;
  performance.now = () => now;
  globalThis.addEventListener = (type, act) => {
    heard.page[type] = act;
  };
  globalThis.document = {
    hidden: false,
    addEventListener: (type, act) => {
      heard.document[type] = act;
    },
    querySelector: () => null, // no dialog is open
  };
});
afterEach(() => {
  performance.now = realNow;
  delete globalThis.addEventListener;
  delete globalThis.document;
});

/** A talk that has begun, listened to in `mode`; `given` changes what stands. */
function page(mode, given = {}) {
  const calls = [];
  const sent = [];
  const frames = [];
  const root = { dataset: {} };
  const state = strict("state", { begun: true, current: "listening", ...given.state });
  const microphone = spy("microphone", ["toggle"], calls, {
    open: true,
    muted: false,
    ...given.microphone,
  });
  const attributes = new Map();
  const button = strict("button", {
    addEventListener: (type, act) => {
      heard.button[type] = act;
    },
    setPointerCapture() {},
    setAttribute: (name, value) => attributes.set(name, value),
    removeAttribute: (name) => attributes.delete(name),
  });
  const stage = spy("stage", ["caption"], calls, { button, playing: false, show() {} });
  const socket = strict("socket", {
    ready: true,
    send: (message) => sent.push(message),
    write: (message) => sent.push({ ...message, first: true }),
    audio: (pcm) => frames.push(pcm),
  });
  const silence = given.silence ?? true;
  const bargeIn = strict("bargeIn", {
    silence: () => {
      calls.push(["bargeIn.silence"]);
      return silence;
    },
  });
  const notes = { active: false };
  const it = new Listening(root, mode, {
    socket,
    state,
    stage,
    microphone,
    bargeIn,
    notes: () => notes.active,
  });
  sent.length = 0;
  const press = () => heard.button.pointerdown({ button: 0, pointerId: 1 });
  const lift = () => heard.button.pointerup();
  return {
    it,
    root,
    state,
    microphone,
    stage,
    socket,
    notes,
    calls,
    sent,
    frames,
    attributes,
    press,
    lift,
  };
}

test("an open microphone sends every frame, and the server waits for nothing", () => {
  const { it, stage, frames, sent, root } = page("open");
  it.hear("a");
  stage.playing = true;
  it.hear("b");
  assert.deepEqual(frames, ["a", "b"]);
  assert.deepEqual(sent, []);
  assert.equal(root.dataset.listening, "open");
});

test("half-duplex tells the server once that no sound comes, and once that it comes again", () => {
  const { it, stage, frames, sent } = page("half");
  stage.playing = true;
  it.hear("a");
  it.hear("b");
  stage.playing = false;
  now += 1000;
  it.hear("c");
  it.hear("d");
  assert.deepEqual(frames, ["c", "d"]);
  assert.deepEqual(sent, [
    { type: "mute", on: true },
    { type: "mute", on: false },
  ]);
});

test("a rest that ends does not take back the member's own mute", () => {
  const { it, stage, microphone, sent } = page("half");
  stage.playing = true;
  it.hear("a");
  microphone.muted = true;
  it.tellMuted();
  it.choose("open");
  assert.deepEqual(sent, [
    { type: "mute", on: true },
    { type: "mute", on: true },
    { type: "mute", on: true },
    { type: "talk_mode", push: false },
  ]);
});

test("under the held button the coach falls silent and the member is heard", async () => {
  const { it, calls, sent, frames, attributes, press, lift } = page("push");
  it.hear("before");
  press();
  assert.equal(attributes.get("aria-pressed"), "true");
  it.hear("under");
  now += 1000;
  lift();
  it.hear("the last word");
  await new Promise((resolve) => setTimeout(resolve, 200));
  it.hear("after");
  assert.deepEqual(frames, ["under", "the last word"]);
  assert.deepEqual(calls, [
    ["bargeIn.silence"],
    ["stage.caption", { speaker: "", text: "", item: null }],
  ]);
  assert.deepEqual(sent, [
    { type: "held", down: true },
    { type: "held", down: false },
  ]);
  assert.equal(attributes.get("aria-pressed"), "false");
});

test("in a safety hold the reviewed words stay to be read", () => {
  const { calls, press } = page("push", { silence: false, state: { current: "held" } });
  press();
  assert.deepEqual(calls, [["bargeIn.silence"]]);
});

test("a button without a microphone asks for it, and holds nothing", () => {
  for (const given of [{ open: false }, { muted: true }]) {
    const { calls, sent, press } = page("push", { microphone: given });
    press();
    assert.deepEqual(calls, [["microphone.toggle"]]);
    assert.deepEqual(sent, []);
  }
});

test("where nobody hears, the button holds nothing", () => {
  for (const current of ["connecting", "queued", "reconnecting", "lost", "ended"]) {
    const { sent, calls, press } = page("push", { state: { current } });
    press();
    assert.deepEqual([sent, calls], [[], []]);
  }
  const { socket, sent, press } = page("push");
  socket.ready = false;
  press();
  assert.deepEqual(sent, []);
});

test("before the talk, in notes mode and in other modes the button is not held", () => {
  const before = page("push", { state: { begun: false } });
  const inNotes = page("push");
  inNotes.notes.active = true;
  const open = page("open");
  for (const { it, press, sent, attributes } of [before, inNotes, open]) {
    press();
    it.show();
    assert.deepEqual(sent, []);
    assert.equal(attributes.has("aria-pressed"), false);
  }
});

test("who looks away holds no button", () => {
  for (const leave of [
    () => heard.page.blur(),
    () => heard.page.pagehide(),
    () => {
      globalThis.document.hidden = true;
      heard.document.visibilitychange();
    },
  ]) {
    globalThis.document.hidden = false;
    const { it, press } = page("push");
    press();
    leave();
    assert.equal(it.button.hold.down, false);
    it.settle();
  }
});

test("the space bar holds the button, but not where it is typed", () => {
  const { it } = page("push");
  const key = (inField) => ({
    key: " ",
    target: { closest: () => (inField ? {} : null) },
    preventDefault() {},
  });
  heard.document.keydown(key(true));
  assert.equal(it.button.hold.down, false);
  heard.document.keydown(key(false));
  heard.document.keydown({ ...key(false), repeat: true });
  assert.equal(it.button.hold.down, true);
  now += 1000;
  heard.document.keyup(key(false));
  assert.equal(it.button.hold.down, false);
  it.settle();
});

test("a new connection learns of the mode and the mute before anything else", () => {
  const { it, sent, press } = page("push");
  press();
  sent.length = 0;
  it.microphone = strict("microphone", { muted: true });
  it.ready();
  assert.deepEqual(sent, [
    { type: "talk_mode", push: true, first: true },
    { type: "mute", on: true, first: true },
  ]);
  assert.equal(it.button.hold.down, false);
  clearTimeout(it.releasing);
});

function echo() {
  const told = [];
  const state = { playing: true };
  const it = new EchoHint({
    playing: () => state.playing,
    suggest: () => told.push("suggest"),
  });
  it.caption({ speaker: "coach", item: "c1", text: "You had two eggs and toast." });
  it.caption({ speaker: "member", item: "m1", text: "hello" });
  return { it, told, state };
}
const turn = (text, id = null) => ({ speaker: "member", client_id: id, text });

test("a coach that was cut off twice by its own words is told of", () => {
  const { it, told } = echo();
  it.cut();
  it.turn(turn("two eggs"));
  assert.deepEqual(told, []);
  now += 5000;
  it.cut();
  it.dropped("m2");
  assert.deepEqual(told, ["suggest"]);
});

test("no echo: cut by hand, cut in silence, typed, or said by somebody else", () => {
  const { it, told, state } = echo();
  for (let i = 0; i < 3; i += 1) {
    now += 3000;
    it.byHand();
    it.cut();
    it.turn(turn("two eggs"));
    now += 3000;
    it.cut();
    it.turn(turn("two eggs", "typed-1"));
    it.turn({ speaker: "coach", client_id: null, text: "two eggs" });
    it.turn(turn("no, three"));
    state.playing = false;
    it.cut();
    it.turn(turn("two eggs"));
    state.playing = true;
  }
  assert.deepEqual(told, []);
});
