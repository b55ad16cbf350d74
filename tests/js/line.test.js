// The page when its line is lost and found: what was typed, how it tries again, what it says.

import assert from "node:assert/strict";
import { test } from "node:test";
import { TalkSocket } from "../../static/js/talk/live/socket.js";
import { forgetTyped, Typed } from "../../static/js/talk/live/typed.js";
import { TalkSession } from "../../static/js/talk/session.js";
import { Stage } from "../../static/js/talk/stage/stage.js";
import { Thread } from "../../static/js/talk/thread/thread.js";
import { startClock, stopClock, tick } from "./clock.js";
import "./crypto.js";

/** What a tab keeps, as a browser has it. */
class Storage {
  getItem(name) {
    return this[name] ?? null;
  }
  setItem(name, value) {
    if (this.full) throw Object.assign(new Error("full"), { name: "QuotaExceededError" });
    this[name] = value;
  }
  removeItem(name) {
    delete this[name];
  }
}

class Wire {
  static OPEN = 1;
  static made = [];
  constructor() {
    this.readyState = 1;
    this.sent = [];
    Wire.made.push(this);
  }
  send(data) {
    this.sent.push(JSON.parse(data));
  }
  close() {}
  serve() {
    this.onopen();
    this.onmessage({ data: JSON.stringify({ type: "ready", generation: 1 }) });
  }
  fail(code = 4500) {
    const gone = { type: "error", code: "engine_unavailable", message: "gone", fatal: true };
    this.onmessage({ data: JSON.stringify(gone) });
    this.onclose({ code });
  }
  get texts() {
    return this.sent.filter(({ type }) => type === "text").map(({ id, text }) => [id, text]);
  }
}

/** A page in the middle of a talk, as far as its line goes: real socket and session, no document. */
function page(storage = new Storage()) {
  stopClock();
  Wire.made = [];
  const said = [];
  const waits = new Set(); // ids that the thread shows as waiting
  const bubbles = new Map();
  const talk = Object.create(TalkSession.prototype);
  Object.assign(talk, {
    root: { dataset: { state: "listening" } },
    words: { unsent: "Waiting to be sent", gone: "gone" },
    begun: true,
    ended: false,
    muted: false,
    notes: { on: false, covers: () => false },
    notice: { show: (_kind, text) => said.push(text), hide: () => said.push("") },
    stage: { state: "listening", show: (change) => Object.assign(talk.stage, change) },
    listening: { lost() {}, ready() {}, byHand() {}, push: false },
    sound: { microphone: null, player: null, resume: async () => {} },
    thread: {
      last: 0,
      pending: (id, text) => bubbles.set(id, text),
      find: () => null,
      unsent: (words) => {
        waits.clear();
        if (words) for (const id of bubbles.keys()) waits.add(id);
      },
      dropCaptions() {},
      catchUp() {},
    },
    clear() {},
    showMicrophone() {},
  });
  talk.socket = new TalkSocket("ws://coach", {
    Socket: Wire,
    since: () => 0,
    texts: new Typed("7-abc", storage),
    on: {
      message: (message) => talk.receive(message),
      audio() {},
      down: () => talk.down(),
      gone: () => talk.gone(),
    },
  });
  return { talk, said, waits, bubbles, storage };
}

test.afterEach(() => startClock());

test("what is typed when the line was given up waits, and a tap sends it once", async () => {
  const { talk, said, waits } = page();
  talk.socket.open();
  Wire.made[0].serve();
  Wire.made[0].fail();
  assert.equal(talk.stage.state, "lost");
  assert.deepEqual(said, ["gone"]);
  talk.type("log a tomato");
  const [id] = waits;
  assert.equal(waits.size, 1);
  assert.deepEqual(Wire.made[0].texts, []);

  await talk.tapped();
  assert.equal(Wire.made.length, 2, "on the same page");
  assert.equal(talk.stage.state, "connecting");
  assert.equal(said.at(-1), "");
  Wire.made[1].serve();
  assert.deepEqual(Wire.made[1].texts, [[id, "log a tomato"]]);
  assert.equal(waits.size, 0);

  talk.socket.settled(id);
  Wire.made[1].onclose({ code: 1006 });
  tick(1000);
  Wire.made[2].serve();
  assert.deepEqual(Wire.made[2].texts, []);
});

test("what is typed while the line is away waits, and is sent when it is back by itself", () => {
  const { talk, waits } = page();
  talk.socket.open();
  Wire.made[0].serve();
  talk.type("one");
  assert.equal(waits.size, 0, "it has gone out");
  Wire.made[0].onclose({ code: 1006 });
  assert.equal(waits.size, 1, "and perhaps not arrived");
  talk.type("two");
  assert.equal(waits.size, 2);
  tick(1000);
  Wire.made[1].serve();
  assert.deepEqual(
    Wire.made[1].texts.map(([, text]) => text),
    ["one", "two"],
  );
  assert.equal(waits.size, 0);
});

test("a line that stays away is said to be away, and notes are offered", () => {
  const { talk } = page();
  talk.socket.open();
  Wire.made[0].serve();
  const states = [];
  for (let tries = 0; tries < 8; tries += 1) {
    Wire.made.at(-1).onclose({ code: 1006 });
    if (talk.stage.state !== states.at(-1)) states.push(talk.stage.state);
    tick(10_000);
  }
  assert.deepEqual(states, ["reconnecting", "unreachable"]);
  Wire.made.at(-1).serve();
  Wire.made.at(-1).onclose({ code: 1006 });
  assert.equal(talk.stage.state, "reconnecting", "another loss");
});

test("what was typed is there after a reload, unless the thread has it by now", () => {
  const { talk, storage } = page();
  talk.type("log a tomato");
  talk.type("and a leek");
  const [first, second] = [...talk.socket.texts.keys()];

  const next = page(storage);
  next.talk.thread.find = (_key, id) => (id === first ? {} : null);
  next.talk.takeUp();
  assert.deepEqual([...next.bubbles], [[second, "and a leek"]]);
  assert.deepEqual([...next.waits], [second]);
  next.talk.socket.open();
  Wire.made[0].serve();
  assert.deepEqual(Wire.made[0].texts, [[second, "and a leek"]]);
  next.talk.socket.settled(second);
  assert.deepEqual(Object.keys(storage), []);
});

test("a page that the server does not want back is loaded anew", async () => {
  const { talk } = page();
  const real = globalThis.location;
  let loads = 0;
  globalThis.location = { reload: () => (loads += 1) };
  for (const code of [4401, 4404, 4410, 4400]) {
    talk.socket.again();
    Wire.made.at(-1).onclose({ code });
    await talk.tapped();
  }
  globalThis.location = real;
  assert.equal(loads, 4);
});

test("the microphone comes back with the line, but not one that was off", async () => {
  const { talk } = page();
  let asked = 0;
  talk.sound.listen = async () => {
    asked += 1;
    talk.sound.microphone = { close() {} };
  };
  for (const [muted, expected] of [
    [false, 1],
    [true, 1],
  ]) {
    talk.sound.microphone = { close() {} };
    talk.muted = muted;
    talk.socket.again();
    Wire.made.at(-1).fail();
    await talk.tapped();
    assert.equal(asked, expected);
    Wire.made.at(-1).fail();
  }
});

test("texts are kept by talk and member, and gone when somebody signs out", () => {
  const storage = new Storage();
  new Typed("7-abc", storage).set("a", "eggs");
  assert.deepEqual([...new Typed("7-abc", storage)], [["a", "eggs"]]);
  assert.deepEqual([...new Typed("8-abc", storage)], []);
  storage.theme = "dark";
  forgetTyped(storage);
  assert.deepEqual(Object.keys(storage), ["theme"]);
});

test("a browser that keeps nothing still sends what was typed", () => {
  for (const storage of [null, Object.assign(new Storage(), { full: true })]) {
    const typed = new Typed("7-abc", storage);
    typed.set("a", "eggs");
    assert.deepEqual([...typed], [["a", "eggs"]]);
    assert.equal(typed.delete("a"), true);
  }
});

test("a waiting text says so beneath it once, and a note says it in its own way", () => {
  globalThis.document = { createElement: () => ({}) };
  const lines = [];
  const node = {
    querySelector: (name) => {
      if (name === ".turn__body") return { append: (line) => lines.push(line) };
      return lines[0] ?? null;
    },
  };
  const asked = [];
  const thread = Object.create(Thread.prototype);
  thread.list = {
    querySelectorAll: (what) => {
      asked.push(what);
      return [node];
    },
  };
  thread.unsent("Waiting to be sent");
  thread.unsent("Waiting to be sent");
  assert.deepEqual(
    lines.map(({ textContent }) => textContent),
    ["Waiting to be sent"],
  );
  lines[0].remove = () => lines.pop();
  thread.unsent("");
  assert.deepEqual(lines, []);
  assert.ok(asked.every((what) => what.includes(":not(.turn--note)")));
  delete globalThis.document;
});

/** A stage whose loudspeaker the test turns on and off. */
function stage() {
  const it = Object.create(Stage.prototype);
  return Object.assign(it, {
    root: { dataset: {} },
    words: { listening: "Listening", thinking: "Thinking", speaking: "Speaking" },
    line: {},
    captionLine: { dataset: {} },
    said: { text: "" },
    sound: { microphone: {}, player: { sounding: false, playing: false } },
    state: "listening",
    mode: "open",
    notes: null,
    voiced: false,
    says(change) {
      it.show(change);
      return it.line.textContent;
    },
  });
}

test("the coach thinks until the sound begins, and speaks until the answer is over", () => {
  const it = stage();
  const { player } = it.sound;
  assert.equal(it.says({ state: "listening" }), "Listening");
  for (const _answer of [1, 2]) {
    assert.equal(it.says({ state: "thinking" }), "Thinking");
    assert.equal(it.says({ state: "speaking" }), "Thinking", "the server sends it");
    player.playing = true;
    assert.equal(it.says(), "Thinking", "it waits for more");
    assert.equal(it.who(), "coach");
    assert.equal(it.busy, true);
    player.sounding = true;
    assert.equal(it.says(), "Speaking");
    assert.equal(it.busy, false);
    player.sounding = player.playing = false;
    assert.equal(it.says(), "Speaking", "a pause between two sentences");
    player.sounding = player.playing = true;
    assert.equal(it.says({ state: "listening" }), "Speaking", "what is heard wins");
    player.sounding = player.playing = false;
    assert.equal(it.says(), "Listening");
  }
});

test("who has no sound reads that the coach speaks", () => {
  const it = stage();
  it.sound.player = null;
  assert.equal(it.says({ state: "thinking" }), "Thinking");
  assert.equal(it.says({ state: "speaking" }), "Speaking");
});
