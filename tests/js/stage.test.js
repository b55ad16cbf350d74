// What the member sees and hears of the coach: the stage, barge-in by hand, the place in line, the
// end, a person who is asked for, and the sound that the system puts to sleep.

import "./browser.js";
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Ending } from "../../static/js/talk/ending.js";
import { BargeIn } from "../../static/js/talk/live/barge_in.js";
import { WaitingPlace } from "../../static/js/talk/live/waiting.js";
import { PersonRequest } from "../../static/js/talk/person_request.js";
import { Playback } from "../../static/js/talk/playback.js";
import { Stage } from "../../static/js/talk/stage/stage.js";
import { TalkState } from "../../static/js/talk/state.js";
import { names, spy, strict } from "./strict.js";

const real = { fetch: globalThis.fetch, navigator: globalThis.navigator };

afterEach(() => {
  globalThis.fetch = real.fetch;
  for (const name of ["document", "location", "addEventListener"]) delete globalThis[name];
});

/** A stage whose loudspeaker the test turns on and off. */
function stage() {
  const line = strict("line", { textContent: "" });
  const caption = strict("caption", { textContent: "", dataset: {} });
  const parts = { "[data-state-words]": line, "[data-caption]": caption, "[data-talk]": {} };
  const root = { dataset: { floor: "coach" }, querySelector: (name) => parts[name] };
  const player = strict("player", { level: 0.3, progress: 1 });
  const sound = strict("sound", { microphone: {}, player, sounding: false, playing: false });
  const words = {
    listening: "Listening",
    thinking: "Thinking",
    speaking: "Speaking",
    waiting: "Being called",
    person: "{name} is with you",
    person_speaks: "{name} speaks",
    person_unheard: "{name} speaks, unheard",
    note_ready: "Ready",
    note_recording: "Recording",
    note_person: "{name} reads",
  };
  const it = new Stage(root, { sound, words, coach: "Sage" });
  it.show({ state: "listening" });
  const says = (change) => {
    it.show(change);
    return line.textContent;
  };
  return { it, says, sound, root, caption };
}

test("the coach thinks until the sound begins, and speaks until the answer is over", () => {
  const { it, says, sound } = stage();
  assert.equal(says({ state: "listening" }), "Listening");
  for (const _answer of [1, 2]) {
    assert.equal(says({ state: "thinking" }), "Thinking");
    assert.equal(says({ state: "speaking" }), "Thinking", "the server sends it");
    sound.playing = true;
    assert.equal(says(), "Thinking", "it waits for more");
    assert.deepEqual(it.mood(), { who: "coach", busy: true });
    sound.sounding = true;
    assert.equal(says(), "Speaking");
    assert.equal(it.busy, false);
    sound.sounding = sound.playing = false;
    assert.equal(says(), "Speaking", "a pause between two sentences");
    sound.sounding = sound.playing = true;
    assert.equal(says({ state: "listening" }), "Speaking", "what is heard wins");
    sound.sounding = sound.playing = false;
    assert.equal(says(), "Listening");
  }
});

test("without sound one reads that the coach speaks", () => {
  const { says, sound } = stage();
  sound.player = null;
  assert.equal(says({ state: "thinking" }), "Thinking");
  assert.equal(says({ state: "speaking" }), "Speaking");
});

test("the stage knows who may speak, in a talk and in notes mode", () => {
  const { it, says, root } = stage();
  it.floor({ floor: "coach_waiting", name: "" });
  assert.equal(says(), "Being called");
  it.floor({ floor: "expert", name: "Asha" });
  assert.equal(root.dataset.floor, "expert");
  assert.equal(says({ state: "person" }), "Asha is with you");
  it.note("note");
  assert.equal(says(), "Asha reads");
  assert.equal(root.dataset.speaks, "expert");
  it.note("recording");
  assert.equal(says(), "Recording");
  assert.equal(it.who(), "member");
  it.note(null);
  assert.equal(says(), "Asha is with you");
});

test("a person who speaks is named, and whether they hear the member", () => {
  const { it, says, sound, caption } = stage();
  it.caption({ speaker: "coach", text: "What did you eat?", item: "c1" });
  it.floor({ floor: "expert", name: "Asha", voice: true });
  assert.equal(caption.textContent, "", "it is not the person who says so");
  assert.equal(says({ state: "person" }), "Asha speaks");
  assert.equal(says({ muted: true }), "Asha speaks, unheard");
  sound.microphone = null;
  assert.equal(says({ muted: false }), "Asha speaks, unheard");
  it.floor({ floor: "expert", name: "Asha" });
  assert.equal(says(), "Asha is with you");
});

test("only the sound that leaves the page moves the ring", () => {
  const { it, sound } = stage();
  sound.microphone = { level: 0.2 };
  assert.equal(it.level(), 0.2);
  it.show({ mode: "push" });
  assert.equal(it.level(), 0, "nothing is held");
  it.show({ held: true });
  assert.equal(it.level(), 0.2);
  sound.playing = true;
  assert.equal(it.level(), 0.3, "the coach's voice");
});

test("a caption stands until its utterance is dropped", () => {
  const { it, caption } = stage();
  it.caption({ speaker: "member", text: "Two eggs. And toast.", item: "m1" });
  assert.equal(caption.textContent, "And toast.");
  it.drop("m2");
  assert.equal(caption.dataset.speaker, "member");
  it.drop("m1");
  assert.equal(caption.textContent, "");
});

test("a state is shown unless notes stand before it, and nothing follows the end", () => {
  const shown = [];
  const root = { dataset: {} };
  const state = new TalkState(root, {
    covered: (name) => name === "queued",
    shown: (name) => shown.push(name),
  });
  assert.equal(state.show("listening"), true);
  assert.equal(state.show("queued"), false);
  assert.equal(state.current, "listening");
  assert.equal(root.dataset.begun, undefined);
  state.begin();
  assert.equal(root.dataset.begun, "true");
  state.show("ended");
  assert.equal(state.ended, true);
  assert.equal(state.show("lost"), false);
  assert.equal(root.dataset.state, "ended");
  assert.deepEqual(shown, ["listening", "ended"]);
});

function bargeIn({ current, playing = false }) {
  const calls = [];
  const it = new BargeIn({
    state: strict("state", { current }),
    sound: strict("sound", { playing, player: spy("player", ["hush"], calls) }),
    byHand: () => calls.push(["byHand"]),
    send: (message) => calls.push(["send", message.type]),
  });
  return { it, calls };
}

test("an interruption silences the page at once and tells the server", () => {
  for (const given of [{ current: "speaking" }, { current: "listening", playing: true }]) {
    const { it, calls } = bargeIn(given);
    it.interrupt();
    assert.deepEqual(calls, [["byHand"], ["player.hush"], ["send", "interrupt"]]);
  }
});

test("where nothing is said, in a safety hold and while a person speaks nothing is cut", () => {
  for (const given of [
    { current: "listening" },
    { current: "held", playing: true },
    { current: "person", playing: true },
  ]) {
    const { it, calls } = bargeIn(given);
    it.interrupt();
    assert.deepEqual(calls, []);
  }
});

test("what is typed in a safety hold does not cut the reviewed words", () => {
  const { it, calls } = bargeIn({ current: "held", playing: true });
  assert.equal(it.silence(), false);
  assert.deepEqual(calls, [["byHand"]]);
  assert.equal(bargeIn({ current: "thinking" }).it.silence(), true);
});

test("the place in line stands in the title, and a turn that comes is felt", () => {
  const calls = [];
  const buzzes = [];
  Object.defineProperty(globalThis, "navigator", {
    value: { vibrate: (ms) => buzzes.push(ms) },
    configurable: true,
  });
  const page = strict("document", { title: "Talk" });
  const state = spy("state", ["show"], calls, { current: "connecting" });
  const waiting = new WaitingPlace({
    state,
    showPosition: (position) => calls.push(["position", position]),
    page,
  });
  waiting.show(2);
  assert.equal(page.title, "(2) Talk");
  waiting.show(1);
  assert.equal(page.title, "(1) Talk");
  state.current = "person";
  waiting.show(1);
  waiting.show(0);
  assert.equal(page.title, "Talk");
  assert.deepEqual(calls, [
    ["position", 2],
    ["state.show", "queued"],
    ["position", 1],
    ["state.show", "queued"],
    ["position", 1],
    ["state.show", "connecting"],
  ]);
  assert.deepEqual(buzzes, [200]);
  Object.defineProperty(globalThis, "navigator", { value: real.navigator, configurable: true });
});

function ending(status) {
  const calls = [];
  const state = spy("state", ["show"], calls, { ended: false });
  globalThis.location = { assign: (url) => calls.push(["assign", url]) };
  globalThis.fetch = async (url) => {
    calls.push(["post", url, state.ended]);
    return new Response("", { status });
  };
  const it = new Ending({
    urls: { end: "/end/", after: "/after/" },
    state,
    socket: spy("socket", ["close"], calls),
    sound: spy("sound", ["close"], calls),
    notice: spy("notice", ["show"], calls),
    words: { end_failed: "Still open." },
  });
  return { it, state, calls };
}

test("a talk ends for the server first, and then for the page", async () => {
  const { it, calls } = ending(200);
  await it.ask();
  assert.deepEqual(calls, [
    ["post", "/end/", true],
    ["state.show", "ended"],
    ["socket.close"],
    ["sound.close"],
    ["assign", "/after/"],
  ]);
});

test("a talk that could not be ended goes on, and says so", async () => {
  const { it, state, calls } = ending(500);
  await it.ask();
  assert.equal(state.ended, false);
  assert.deepEqual(calls.at(-1), ["notice.show", "danger", "Still open. failed"]);
});

function person({ status = 200, live = true }) {
  const calls = [];
  globalThis.fetch = async (url, { body }) => {
    calls.push(["post", url, body.get("reason")]);
    return new Response('{"message": "Somebody is called."}', {
      status,
      headers: { "Content-Type": "application/json" },
    });
  };
  const it = new PersonRequest({
    url: "/ask/",
    notice: spy("notice", ["show", "hide"], calls),
    words: { asking: "Asking…", asked: "Asked.", ask_failed: "Not asked." },
    live: () => live,
    asked: () => calls.push(["asked"]),
  });
  return { it, calls };
}

test("who asks for a person hears of it by the card that the socket brings", async () => {
  const { it, calls } = person({});
  await it.send("about my diet");
  assert.deepEqual(calls, [
    ["notice.show", "person", "Asking…"],
    ["post", "/ask/", "about my diet"],
    ["notice.hide", "person"],
    ["asked"],
  ]);
});

test("a request for a person that failed says so", async () => {
  const { it, calls } = person({ status: 409 });
  await it.send("");
  assert.deepEqual(calls.at(-1), ["notice.show", "danger", "Not asked. Somebody is called."]);
  assert.ok(!names(calls).includes("asked"));
});

function playback(ended = false) {
  const calls = [];
  const root = { dataset: {} };
  const it = new Playback(root, {
    sound: spy("sound", ["resume"], calls, { player: spy("player", ["clear"], calls) }),
    notice: spy("notice", ["show", "take"], calls),
    words: { asleep: "Tap to wake the sound." },
    ended: () => ended,
    heard: (report) => calls.push(["heard", report]),
  });
  return { it, root, calls };
}

test("who speaks is told what the loudspeaker has played of them, now and then", () => {
  const { it, calls } = playback();
  it.clear(6);
  calls.length = 0;
  for (let liveMs = 0; liveMs <= 500; liveMs += 50) it.report({ playedMs: 0, peak: 0, liveMs });
  it.report({ playedMs: 0, peak: 0, liveMs: 240 }); // the player was started anew
  const said = (ms) => ["heard", { generation: 6, item: 0xffff, ms }];
  assert.deepEqual(calls, [said(200), said(400), said(240)]);
});

test("what was played stands on the page, and a clear is passed on", () => {
  const { it, root, calls } = playback();
  it.clear(6);
  it.report({ playedMs: 1200, peak: 0.12345 });
  assert.deepEqual(root.dataset, { generation: 6, playedMs: 1200, playedRms: "0.1235" });
  assert.deepEqual(calls, [["player.clear", 6]]);
});

test("a sound that was put to sleep is woken by the next tap", () => {
  const { it, calls } = playback();
  let tap;
  globalThis.addEventListener = (_type, act, { once }) => {
    assert.equal(once, true);
    tap = act;
  };
  it.contextChanged("suspended");
  tap();
  it.contextChanged("running");
  assert.deepEqual(calls, [
    ["notice.show", "warn", "Tap to wake the sound."],
    ["sound.resume"],
    ["notice.take", "Tap to wake the sound."],
  ]);
  const over = playback(true);
  over.it.contextChanged("suspended");
  assert.deepEqual(over.calls, []);
});
