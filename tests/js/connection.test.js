// A talk's connection that is lost and found: what was typed, how it tries again, what it says.

import assert from "node:assert/strict";
import { test } from "node:test";
import { MemberActions } from "../../static/js/talk/actions.js";
import { Connection } from "../../static/js/talk/live/connection.js";
import { receiver } from "../../static/js/talk/live/messages.js";
import { TalkSocket } from "../../static/js/talk/live/socket.js";
import { Texts } from "../../static/js/talk/live/texts.js";
import { Typed } from "../../static/js/talk/live/typed.js";
import { TalkState } from "../../static/js/talk/state.js";
import { forgetTyped } from "../../static/js/ui/device.js";
import { startClock, stopClock, tick } from "./clock.js";
import { names, spy, strict } from "./strict.js";
import "./browser.js";

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
  fail(code = 4500, why = "engine_unavailable") {
    const gone = { type: "error", code: why, message: "gone", fatal: true };
    this.onmessage({ data: JSON.stringify(gone) });
    this.onclose({ code });
  }
  get texts() {
    return this.sent.filter(({ type }) => type === "text").map(({ id, text }) => [id, text]);
  }
}

/** A page in the middle of a talk, as far as its connection goes: no document and no sound. */
function page(storage = new Storage()) {
  stopClock();
  Wire.made = [];
  const said = [];
  const calls = [];
  const waits = new Set(); // ids that the thread shows as waiting
  const bubbles = new Map();
  const stored = new Set(); // ids of typed texts that are turns in the thread
  const words = { unsent: "Waiting to be sent", gone: "gone" };
  const root = { dataset: {} };
  const notice = strict("notice", {
    show: (_kind, text) => said.push(text),
    hide: () => said.push(""),
  });
  const notes = strict("notes", { active: false, covered: new Set() });
  const state = new TalkState(root, {
    covered: (name) => notes.covered.has(name),
    shown: (name) => calls.push(["shown", name]),
  });
  state.begin();
  const microphone = spy("microphone", ["listen", "show", "close"], calls, {
    open: false,
    wasHeard: false,
  });
  const sound = spy("sound", ["start", "resume"], calls, { player: null, playing: false });
  const thread = strict("thread", {
    pending: (id, text) => bubbles.set(id, text),
    find: (_key, id) => (stored.has(id) ? {} : null),
    unsent: (sentence) => {
      waits.clear();
      if (sentence) for (const id of bubbles.keys()) waits.add(id);
    },
  });
  const socket = new TalkSocket("ws://coach", {
    Socket: Wire,
    since: () => 0,
    texts: new Typed("7-abc", storage),
    on: {
      message: (message) => receive(message),
      audio() {},
      down: () => connection.down(),
      gone: () => connection.gone(),
    },
  });
  const texts = new Texts({ socket, thread, state, words });
  const connection = new Connection(root, {
    socket,
    state,
    sound,
    microphone,
    notice,
    words,
    on: {
      begun: () => calls.push(["begun"]),
      back: () => calls.push(["back"]),
      lost: () => texts.wait(),
      gone: () => microphone.close(),
      missed: () => calls.push(["missed"]),
      elsewhere: (yes) => calls.push(["elsewhere", yes]),
    },
  });
  const bargeIn = spy("bargeIn", ["silence", "interrupt"], calls);
  const actions = new MemberActions({
    state,
    connection,
    texts,
    bargeIn,
    listening: strict("listening", { push: false }),
    microphone,
    notes,
    person: strict("person", {}),
    ending: strict("ending", {}),
  });
  const receive = receiver({
    socket,
    connection,
    texts,
    playback: spy("playback", ["clear"], calls),
    listening: spy("listening", ["ready"], calls),
    pictures: null,
  });
  const parts = { socket, texts, connection, actions, state, microphone, notes, root };
  return { ...parts, said, calls, waits, bubbles, stored, storage };
}

test.afterEach(() => startClock());

test("what is typed when the connection was given up waits, and a tap sends it once", async () => {
  const { socket, actions, state, said, waits } = page();
  socket.open();
  Wire.made[0].serve();
  Wire.made[0].fail();
  assert.equal(state.current, "lost");
  assert.deepEqual(said, ["gone"]);
  actions.text("log a tomato");
  const [id] = waits;
  assert.equal(waits.size, 1);
  assert.deepEqual(Wire.made[0].texts, []);

  await actions.talk();
  assert.equal(Wire.made.length, 2, "on the same page");
  assert.equal(state.current, "connecting");
  assert.equal(said.at(-1), "");
  Wire.made[1].serve();
  assert.deepEqual(Wire.made[1].texts, [[id, "log a tomato"]]);
  assert.equal(waits.size, 0);

  socket.settled(id);
  Wire.made[1].onclose({ code: 1006 });
  tick(1000);
  Wire.made[2].serve();
  assert.deepEqual(Wire.made[2].texts, []);
});

test("a text that was stored in the last moment is looked for once nobody tells it any more", () => {
  for (const [code, looks] of [
    [4500, 1],
    [4408, 1],
    [4401, 0], // nobody is signed in: nothing would be shown
  ]) {
    const { socket, actions, calls } = page();
    socket.open();
    Wire.made[0].serve();
    actions.text("one");
    Wire.made[0].fail(code);
    assert.equal(calls.filter(([name]) => name === "missed").length, looks, `close ${code}`);
  }
});

test("what is typed while the connection is away waits, and is sent when it is back by itself", () => {
  const { socket, actions, waits } = page();
  socket.open();
  Wire.made[0].serve();
  actions.text("one");
  assert.equal(waits.size, 0, "it has gone out");
  Wire.made[0].onclose({ code: 1006 });
  assert.equal(waits.size, 1, "and perhaps not arrived");
  actions.text("two");
  assert.equal(waits.size, 2);
  tick(1000);
  Wire.made[1].serve();
  assert.deepEqual(
    Wire.made[1].texts.map(([, text]) => text),
    ["one", "two"],
  );
  assert.equal(waits.size, 0);
});

test("a connection that stays away is said to be away, and notes are offered", () => {
  const { socket, state } = page();
  socket.open();
  Wire.made[0].serve();
  const states = [];
  for (let tries = 0; tries < 8; tries += 1) {
    Wire.made.at(-1).onclose({ code: 1006 });
    if (state.current !== states.at(-1)) states.push(state.current);
    tick(10_000);
  }
  assert.deepEqual(states, ["reconnecting", "unreachable"]);
  Wire.made.at(-1).serve();
  Wire.made.at(-1).onclose({ code: 1006 });
  assert.equal(state.current, "reconnecting", "another loss");
});

test("only a connection that comes back fetches what was missed", () => {
  const { socket, calls } = page();
  const backs = () => names(calls).filter((name) => name === "back").length;
  socket.open();
  Wire.made[0].serve();
  assert.equal(backs(), 0);
  Wire.made[0].onclose({ code: 1006 });
  tick(1000);
  Wire.made[1].serve();
  assert.equal(backs(), 1);
});

test("what was typed is there after a reload, unless the thread has it by now", () => {
  const { actions, socket, storage } = page();
  actions.text("log a tomato");
  actions.text("and a leek");
  const [first, second] = [...socket.texts.keys()];

  const next = page(storage);
  next.stored.add(first);
  next.texts.takeUp();
  assert.deepEqual([...next.bubbles], [[second, "and a leek"]]);
  assert.deepEqual([...next.waits], [second]);
  next.socket.open();
  Wire.made[0].serve();
  assert.deepEqual(Wire.made[0].texts, [[second, "and a leek"]]);
  next.socket.settled(second);
  assert.deepEqual(Object.keys(storage), []);
});

test("a page that the server does not want back is loaded anew", async () => {
  const { socket, actions } = page();
  const real = globalThis.location;
  let loads = 0;
  globalThis.location = { reload: () => (loads += 1) };
  for (const code of [4401, 4404, 4410, 4400]) {
    socket.again();
    Wire.made.at(-1).onclose({ code });
    await actions.talk();
  }
  globalThis.location = real;
  assert.equal(loads, 4);
});

test("the microphone comes back with the connection, but not one that was off", async () => {
  for (const [wasHeard, open, asked] of [
    [true, false, 1],
    [false, false, 0],
    [true, true, 0],
  ]) {
    const { socket, actions, microphone, calls } = page();
    socket.open();
    Wire.made[0].fail();
    assert.ok(names(calls).includes("microphone.close"));
    Object.assign(microphone, { wasHeard, open });
    await actions.talk();
    assert.equal(names(calls).filter((name) => name === "microphone.listen").length, asked);
  }
});

test("sound begins before the microphone is asked for, and the socket is last", async () => {
  const { actions, state, calls } = page();
  state.begun = false;
  await actions.talk();
  assert.deepEqual(names(calls), ["shown", "sound.start", "microphone.listen", "begun"]);
  assert.equal(Wire.made.length, 1);
  await actions.typeInstead();
  assert.equal(Wire.made.length, 1, "it has begun");
});

test("a browser without sound says so, and the talk goes on in writing", async () => {
  const { actions, connection, state, said, root } = page();
  state.begun = false;
  connection.sound.start = async () => {
    throw Object.assign(new Error("none"), { name: "NotSupportedError" });
  };
  connection.words = strict("words", { no_sound: "no sound" });
  await actions.typeInstead();
  assert.deepEqual(said, ["no sound"]);
  assert.equal(root.dataset.soundError, "NotSupportedError");
  assert.equal(Wire.made.length, 1);
});

test("in notes mode a connection that is gone disturbs nobody", () => {
  const { socket, notes, state, said, calls } = page();
  socket.open();
  Wire.made[0].serve();
  state.show("listening");
  notes.covered.add("lost");
  Wire.made[0].onclose({ code: 4408 });
  assert.equal(state.current, "listening");
  assert.deepEqual(said, []);
  assert.ok(!names(calls).includes("microphone.close"));
});

test("from notes the live talk is the connection that is there, or a new one", async () => {
  const { connection, socket, state } = page();
  socket.open();
  await connection.fromNotes("speaking");
  assert.equal(state.current, "speaking");
  await connection.fromNotes();
  assert.equal(state.current, "connecting");
  assert.equal(Wire.made.length, 1);
  Wire.made[0].fail();
  await connection.fromNotes("lost");
  assert.equal(Wire.made.length, 2);
  assert.equal(state.current, "connecting");

  const fresh = page();
  await fresh.connection.fromNotes();
  assert.equal(Wire.made.length, 1);
  assert.ok(names(fresh.calls).includes("microphone.listen"));
});

test("another window is no failure, and what the server explains is not explained twice", () => {
  const { socket, said, calls } = page();
  socket.open();
  Wire.made[0].fail(4403, "taken_elsewhere");
  assert.deepEqual(said, []);
  assert.deepEqual(
    calls.find(([name]) => name === "elsewhere"),
    ["elsewhere", true],
  );
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
