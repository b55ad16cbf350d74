import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { Sound } from "../../static/js/audio/sound.js";
import { Notes } from "../../static/js/talk/notes/notes.js";
import "./crypto.js";

// Just as much of a browser as recording needs.

const given = {};
const replaced = ["document", "navigator", "addEventListener", "AudioWorkletNode"];
const before = new Map();
const live = [];

function give(name, value) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

beforeEach(() => {
  for (const name of replaced) {
    before.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
  }
  live.length = 0;
  given.asked = 0;
  given.wait = Promise.resolve();
  give("document", { addEventListener() {}, hidden: false });
  give("addEventListener", () => {});
  give("navigator", { mediaDevices: { getUserMedia: stream } });
  give("AudioWorkletNode", Node);
});

afterEach(() => {
  for (const [name, descriptor] of before) {
    if (descriptor) Object.defineProperty(globalThis, name, descriptor);
    else delete globalThis[name];
  }
});

async function stream() {
  given.asked += 1;
  await given.wait;
  const track = { enabled: true, stop: () => live.splice(live.indexOf(track), 1) };
  live.push(track);
  return { getTracks: () => [track], getAudioTracks: () => [track] };
}

class Node {
  port = {};
  connect(other) {
    return other;
  }
  disconnect() {}
}

function sound() {
  const made = new Sound({}, { frame() {}, lost() {} });
  made.context = {
    state: "running",
    createMediaStreamSource: () => new Node(),
    close() {
      this.state = "closed";
    },
  };
  return made;
}

/** Notes mode on a page of which nothing is looked at. */
function notesPage() {
  const element = () => ({ dataset: {}, addEventListener() {}, focus() {} });
  const parts = new Map();
  const root = {
    dataset: { session: "s", member: "1", floor: "coach" },
    querySelector: (name) => parts.get(name) ?? parts.set(name, element()).get(name),
    querySelectorAll: () => [],
  };
  const talk = {
    words: {},
    muted: false,
    sound: sound(),
    notice: { show() {}, hide() {} },
    stage: { note() {} },
    controls: { box: element() },
    socket: { ready: true },
    showMicrophone() {},
    show() {},
  };
  const notes = new Notes(root, talk);
  notes.on = true;
  return { notes, talk, root };
}

test("a microphone that no player can take is closed again", async () => {
  const broken = sound();
  broken.context.createMediaStreamSource = () => {
    throw new Error("no worklet");
  };
  await assert.rejects(broken.listen());
  assert.equal(live.length, 0);
});

test("a microphone that is allowed when all is over is closed again", async () => {
  const closing = sound();
  const listening = closing.listen();
  await closing.close();
  await assert.rejects(listening, { reason: "failed" });
  assert.equal(live.length, 0);
});

test("two taps while the browser asks begin one recording", async () => {
  const { notes, root } = notesPage();
  await Promise.all([notes.tap(), notes.tap()]);
  assert.equal(given.asked, 1);
  assert.equal(root.dataset.notes, "recording");
  notes.cancel();
  await new Promise((resolve) => setTimeout(resolve, 250));
  assert.equal(root.dataset.notes, "note"); // no second clock goes on
  assert.equal(live.length, 0);
});

test("who leaves notes while the browser asks records nothing", async () => {
  const { notes } = notesPage();
  const asked = notes.tap();
  notes.leave();
  await asked;
  assert.equal(notes.recorder.on, false);
});

test("a muted microphone hears a note, and is muted again after it", async () => {
  const { notes, talk } = notesPage();
  await talk.sound.listen();
  talk.muted = true;
  talk.sound.microphone.mute(true);
  await notes.tap();
  assert.equal(live[0].enabled, true);
  notes.cancel();
  assert.equal(live[0].enabled, false);
});

test("a note of an earlier talk is sent by one page only, and kept before it is let go", async () => {
  const { notes } = notesPage();
  const log = [];
  notes.outbox.store = {
    all: async () => [{ id: "old" }],
    put: async ({ id }) => log.push(`put ${id === "old" ? "old" : "new"}`),
    remove: async (id) => log.push(`remove ${id}`),
  };
  notes.outbox.sendOne = () => new Promise(() => {});
  notes.left = [{ id: "gone" }, { id: "old", kind: "text", text: "eggs" }];
  notes.paint = () => {};
  notes.paintLeft = () => {};
  await notes.sendLeft();
  assert.deepEqual(log, ["put new", "remove old"]);
  assert.equal(notes.outbox.notes.length, 1);
});
