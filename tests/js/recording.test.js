import "./browser.js";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { Sound } from "../../static/js/audio/sound.js";
import { MemberMicrophone } from "../../static/js/talk/microphone.js";
import { Recording } from "../../static/js/talk/notes/recording.js";
import { names, spy } from "./strict.js";

// Just as much of a browser as recording needs.

const given = {};
const replaced = ["navigator", "AudioWorkletNode"];
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

/** A browser that does not open a microphone. */
function refuse(name) {
  return async () => {
    throw Object.assign(new Error(name), { name });
  };
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

/** The member's microphone on `from`, with what it told. */
function memberMicrophone(from = sound()) {
  const calls = [];
  const root = { dataset: {} };
  const microphone = new MemberMicrophone(root, {
    sound: from,
    notice: spy("notice", ["show", "hide"], calls),
    words: { mic_lost: "It is gone.", mic_refused: "Not allowed.", mic_failed: "It failed." },
    on: spy("on", ["changed", "muted", "unavailable"], calls),
  });
  return { microphone, root, calls };
}

/** A recording with the microphone of a page in notes mode. */
function recordingPage(from = sound()) {
  const { microphone, root, calls } = memberMicrophone(from);
  const mode = { wanted: true };
  const recording = new Recording({
    microphone,
    wanted: () => mode.wanted,
    on: spy("recording", ["changed", "full"], calls),
  });
  return { recording, microphone, root, calls, mode };
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
  const { recording, calls } = recordingPage();
  const begun = await Promise.all([recording.start(), recording.start()]);
  assert.deepEqual(begun, [true, false]);
  assert.equal(given.asked, 1);
  assert.equal(recording.running, true);
  recording.cancel();
  const told = calls.length;
  await new Promise((resolve) => setTimeout(resolve, 250));
  assert.equal(calls.length, told, "no clock goes on");
  assert.equal(live.length, 0);
});

test("who leaves notes while the browser asks records nothing", async () => {
  const { recording, microphone, root, mode } = recordingPage();
  const asked = recording.start();
  mode.wanted = false;
  assert.equal(await asked, false);
  assert.equal(recording.running, false);
  assert.equal(microphone.lent, false);
  assert.equal(root.dataset.mic, "on", "the live talk has it");
  microphone.takeBack();
  assert.equal(live.length, 1);
});

test("a muted microphone hears a note, and is muted again after it", async () => {
  const { recording, microphone } = recordingPage();
  await microphone.listen();
  await microphone.toggle();
  assert.equal(live[0].enabled, false);
  await recording.start();
  assert.equal(live[0].enabled, true);
  recording.cancel();
  assert.equal(live[0].enabled, false);
  assert.equal(live.length, 1, "it was open before");
});

test("a recording without a microphone does not begin, and the member may type", async () => {
  const broken = sound();
  give("navigator", { mediaDevices: { getUserMedia: refuse("NotAllowedError") } });
  const { recording, root, calls } = recordingPage(broken);
  assert.equal(await recording.start(), false);
  assert.deepEqual(calls, [["notice.show", "warn", "Not allowed."], ["on.unavailable"]]);
  assert.equal(root.dataset.microphoneError, undefined);
});

test("what was recorded is a note, or nothing when it was a tap by mistake", async () => {
  const { recording, calls } = recordingPage();
  await recording.start();
  assert.equal(recording.take(new ArrayBuffer(960)), true);
  assert.equal(recording.stop(), null);
  assert.equal(recording.take(new ArrayBuffer(960)), false);
  await recording.start();
  for (let i = 0; i < 50; i += 1) recording.take(new ArrayBuffer(960));
  assert.equal(recording.ms, 1000);
  assert.equal(recording.stop().ms, 1000);
  assert.ok(names(calls).includes("recording.changed"));
});

test("the microphone is opened by the first toggle, muted by the next, and the server learns of it", async () => {
  const { microphone, root, calls } = memberMicrophone();
  await microphone.toggle();
  assert.equal(root.dataset.mic, "on");
  await microphone.toggle();
  assert.equal(root.dataset.mic, "muted");
  await microphone.toggle();
  assert.equal(root.dataset.mic, "on");
  assert.deepEqual(names(calls), [
    "notice.hide",
    "on.changed",
    "on.muted",
    "on.changed",
    "on.muted",
    "on.changed",
  ]);
});

test("who starts the sound again waits for it, and wakes it", async () => {
  const asked = [];
  let load;
  class Context {
    state = "suspended";
    destination = {};
    audioWorklet = { addModule: () => load };
    resume() {
      asked.push("resume");
      this.state = "running";
    }
    close() {
      this.state = "closed";
    }
  }
  give("AudioContext", Context);
  const made = new Sound({}, { frame() {}, lost() {} });
  load = Promise.reject(new Error("no"));
  await assert.rejects(made.start(), { message: "no" });
  assert.equal(made.context, null);
  load = new Promise(() => {});
  made.start();
  assert.equal(asked.length, 2);
  const waits = { state: "waiting" };
  made.context.state = "suspended";
  made.start().finally(() => Object.assign(waits, { state: "over" }));
  await new Promise(setImmediate);
  assert.deepEqual([asked.length, waits.state], [3, "waiting"]);
});

test("before the sound has begun there is nothing to toggle", async () => {
  const silent = new Sound({}, {});
  const { microphone, calls } = memberMicrophone(silent);
  await microphone.toggle();
  assert.deepEqual(calls, []);
});

test("a microphone that is refused or lost is said to be so", async () => {
  const { microphone, root, calls } = memberMicrophone();
  await microphone.listen();
  microphone.lost();
  assert.equal(root.dataset.mic, "none");
  assert.equal(live.length, 0);
  assert.deepEqual(calls.at(-2), ["notice.show", "warn", "It is gone."]);
  give("navigator", { mediaDevices: { getUserMedia: refuse("UnknownError") } });
  await microphone.listen();
  assert.equal(root.dataset.microphoneError, "failed");
  assert.deepEqual(calls.slice(-3), [
    ["notice.show", "warn", "It failed."],
    ["on.unavailable"],
    ["on.changed", "none"],
  ]);
});

test("a connection that is gone remembers whether the member was heard", async () => {
  const { microphone } = memberMicrophone();
  await microphone.listen();
  microphone.close();
  assert.equal(microphone.wasHeard, true);
  await microphone.listen();
  await microphone.toggle();
  microphone.close();
  assert.equal(microphone.wasHeard, false);
  assert.equal(live.length, 0);
});
