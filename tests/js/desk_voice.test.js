// The expert's voice: the microphone comes before the floor, the socket follows the case, and the
// lamp says what is true.

import "./browser.js";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { lampOf, VoicePanel } from "../../static/js/desk/voice/panel.js";
import { ExpertVoice } from "../../static/js/desk/voice/voice.js";

const GIVEN = [
  "addEventListener",
  "location",
  "document",
  "navigator",
  "setInterval",
  "setTimeout",
];
const real = new Map();
let windowListeners = {};
let timers = [];

beforeEach(() => {
  windowListeners = {};
  for (const name of GIVEN) real.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
  const put = (name, value) =>
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  put("addEventListener", (name, act) => {
    windowListeners[name] = act;
  });
  put("location", { href: "https://desk.example/desk/" });
  put("document", { dispatchEvent: () => {} });
  put("setInterval", () => 0);
  timers = [];
  put("setTimeout", (act) => timers.push(act));
});
afterEach(() => {
  for (const [name, descriptor] of real) {
    if (descriptor) Object.defineProperty(globalThis, name, descriptor);
    else delete globalThis[name];
  }
});

class Socket {
  static OPEN = 1;
  static made = [];

  constructor(url) {
    this.url = url;
    this.sent = [];
    this.readyState = 1;
    this.bufferedAmount = 0;
    Socket.made.push(this);
  }

  send(data) {
    this.sent.push(data);
  }

  close(code) {
    this.closedWith = code;
  }

  say(message) {
    this.onmessage({ data: JSON.stringify(message) });
  }
}

/** A desk with case 7 open, whose expert speaks; `refused`: why there is no microphone. */
function desk({ mode = "voice", refused = "" } = {}) {
  Socket.made = [];
  const listeners = {};
  const pushed = [];
  const resumed = [];
  const root = {
    dataset: {
      voiceSocket: "/ws/desk/voice/0/",
      micRefused: "Not allowed.",
      micFailed: "Failed.",
      micLost: "Gone.",
      voiceTaken: "Elsewhere.",
      voiceAsleep: "Asleep.",
    },
    querySelector: () => ({ querySelector: () => null }),
    addEventListener: (name, act) => {
      listeners[name] = act;
    },
  };
  const article = { dataset: { mode, owned: "1", floor: mode === "voice" ? "expert" : "coach" } };
  const refreshed = [];
  const view = { pk: 7, article, refresh: () => refreshed.push(view.pk) };
  let on;
  const sound = {
    microphone: null,
    player: { push: (buffer) => pushed.push(buffer) },
    start: async () => {},
    resume: () => resumed.push(1),
    listen: async () => {
      if (refused) throw Object.assign(new Error("no"), { reason: refused });
      sound.microphone = { level: 0.1 };
    },
    stopListening: () => {
      sound.microphone = null;
    },
    close: () => {
      sound.microphone = null;
    },
  };
  const makeSound = (_worklets, given) => {
    on = given;
    return sound;
  };
  const voice = new ExpertVoice(root, { view, worklets: {}, makeSound, Socket });
  const painted = [];
  voice.panel = { paint: (facts) => painted.push(facts) };
  const press = (name) => ({ target: { closest: (of) => (of === `[${name}]` ? {} : null) } });
  return {
    voice,
    view,
    article,
    refreshed,
    pushed,
    resumed,
    root,
    context: (state) => on.context(state),
    frame: (pcm) => on.frame(pcm),
    lost: () => on.lost(),
    click: (name) => listeners.click(press(name)),
    down: (name) => listeners.pointerdown(press(name)),
    key: (name) => listeners.keydown({ key: " ", preventDefault() {}, ...press(name) }),
    focusout: (name) => listeners.focusout(press(name)),
    lamp: () => lampOf(painted.at(-1)),
    last: () => painted.at(-1),
  };
}

async function speaking() {
  const it = desk();
  await it.voice.arm();
  it.voice.follow();
  const [socket] = Socket.made;
  socket.say({ type: "ready", epoch: 3 });
  return { ...it, socket };
}

/** The page's clock answers otherwise: an older Node lets nobody assign to it. */
function answers(name, value) {
  Object.defineProperty(performance, name, { value, configurable: true });
}

/** Meanwhile it is `now`, in ms. */
async function at(now, act) {
  try {
    answers("now", () => now);
    await act();
  } finally {
    delete performance.now;
  }
}

/** How the page came to be, and that the microphone is allowed. */
async function loadedBy(type, act) {
  Object.defineProperty(globalThis, "navigator", {
    value: { permissions: { query: async () => ({ state: "granted" }) } },
    configurable: true,
  });
  answers("getEntriesByType", () => [{ type }]);
  try {
    await act();
  } finally {
    delete performance.getEntriesByType;
  }
}

test("without a microphone nobody takes the floor, and the expert reads why", async () => {
  const { voice } = desk({ mode: "text", refused: "refused" });
  await assert.rejects(voice.arm(), { message: "Not allowed.", status: 0 });
  assert.equal(voice.state, "off");
  assert.equal(Socket.made.length, 0);
});

test("a microphone is closed again where the floor was not had", async () => {
  const it = desk({ mode: "text" });
  await it.voice.arm();
  it.voice.standDown();
  assert.equal(it.last().microphone, false);
  assert.equal(Socket.made.length, 0);
});

test("a case that is drawn late does not cost the microphone, one that never is does", async () => {
  const it = desk({ mode: "text" });
  await it.voice.arm();
  it.voice.follow(); // drawn as it was before
  it.article.dataset.mode = "voice";
  it.article.dataset.floor = "expert";
  it.voice.follow();
  assert.equal(Socket.made.length, 1);
  for (const act of timers) act();
  assert.equal(it.last().microphone, true);
  const never = desk({ mode: "text" });
  timers = [];
  await never.voice.arm();
  for (const act of timers) act();
  assert.equal(never.last().microphone, false);
});

test("an error of another kind is told in words, too", async () => {
  const { voice } = desk({ refused: "failed" });
  await assert.rejects(voice.arm(), { message: "Failed." });
});

test("sound goes out once the server is ready, and the member's is played", async () => {
  const it = desk();
  await it.voice.arm();
  it.voice.follow();
  const [socket] = Socket.made;
  assert.equal(socket.url, "wss://desk.example/ws/desk/voice/7/");
  it.frame("early");
  assert.equal(it.lamp(), "opening");
  socket.say({ type: "ready", epoch: 3 });
  it.frame("hello");
  assert.deepEqual(socket.sent, ["hello"]);
  const sound = new ArrayBuffer(8);
  socket.onmessage({ data: sound });
  assert.deepEqual(it.pushed, [sound]);
});

test("the lamp says that the member hears only when the server does", async () => {
  const { voice, socket, lamp, click } = await speaking();
  assert.equal(lamp(), "unheard");
  socket.say({ type: "voice", heard: false, sent: true, words: true });
  assert.equal(lamp(), "sent", "the site has it, and no loudspeaker has played it");
  socket.say({ type: "voice", heard: true, sent: true, words: true });
  assert.equal(lamp(), "heard");
  socket.say({ type: "voice", heard: false, words: true });
  assert.equal(lamp(), "heard", "a short gap is no news");
  await at(performance.now() + 2001, () => {
    voice.paint();
    assert.equal(lamp(), "unheard");
    click("data-voice-mute");
    assert.equal(lamp(), "muted");
  });
});

test("muted no frame leaves the page, but while the button is held", async () => {
  const { socket, click, down, frame } = await speaking();
  click("data-voice-mute");
  frame("secret");
  down("data-voice-hold");
  frame("held");
  windowListeners.pointerup();
  frame("secret");
  click("data-voice-mute");
  frame("open");
  assert.deepEqual(socket.sent, ["held", "open"]);
});

test("a network that is behind loses sound instead of falling back", async () => {
  const { socket, frame } = await speaking();
  socket.bufferedAmount = 9601;
  frame("late");
  assert.deepEqual(socket.sent, []);
});

test("words that are not written down are told after a moment", async () => {
  const { voice, socket, last } = await speaking();
  await at(performance.now() + 5000, () => {
    voice.paint();
    assert.equal(last().unwritten, true);
    socket.say({ type: "voice", heard: true, words: true });
    assert.equal(last().unwritten, false);
  });
});

test("who writes, hands back or opens another case speaks no longer", async () => {
  for (const change of [
    (it) => {
      it.article.dataset.mode = "text";
    },
    (it) => {
      it.article.dataset.floor = "coach";
    },
    (it) => {
      it.view.pk = 8;
    },
  ]) {
    const it = await speaking();
    change(it);
    it.voice.follow();
    assert.equal(it.socket.closedWith, 1000);
    assert.equal(it.voice.level, 0, "the microphone is closed");
  }
});

test("a line that is lost is sought again, one that is ended is not", async () => {
  const lost = await speaking();
  lost.socket.onclose({ code: 1006 });
  assert.equal(lost.lamp(), "opening");
  lost.voice.leave();
  const ended = await speaking();
  ended.socket.onclose({ code: 4403 });
  assert.equal(ended.lamp(), "off");
  assert.deepEqual(ended.refreshed, [7]);
  const taken = await speaking();
  taken.socket.onclose({ code: 4409 });
  assert.equal(taken.last().trouble, "Elsewhere.");
});

test("the late end of an older line does not end the next one", async () => {
  const it = await speaking();
  it.article.dataset.mode = "text";
  it.voice.follow();
  it.article.dataset.mode = "voice";
  await it.voice.arm();
  it.voice.follow();
  const [old, next] = Socket.made;
  next.say({ type: "ready", epoch: 5 });
  old.say({ type: "voice", heard: true, words: true });
  assert.equal(it.lamp(), "unheard");
  old.onclose({ code: 1006 });
  assert.equal(next.closedWith, undefined);
  assert.equal(it.last().state, "on");
  assert.equal(it.last().microphone, true);
});

test("a page that is loaded again goes on, another window waits to be asked", async () => {
  for (const [type, lines] of [
    ["reload", 1],
    ["navigate", 0],
  ]) {
    await loadedBy(type, async () => {
      const it = desk();
      await it.voice.show();
      assert.equal(Socket.made.length, lines, type);
      it.voice.leave();
      await it.voice.show();
      assert.equal(Socket.made.length, lines, "only once");
    });
  }
});

test("a case in which one does not speak closes the microphone", async () => {
  const it = desk({ mode: "text" });
  await it.voice.arm();
  await it.voice.show();
  assert.equal(it.last().microphone, false);
});

test("sound that the system puts to sleep is told, and a tap wakes it", async () => {
  for (const state of ["suspended", "interrupted"]) {
    const it = await speaking();
    it.context(state);
    assert.equal(it.last().trouble, "Asleep.");
    windowListeners.pointerdown();
    assert.equal(it.resumed.length, 1);
    it.context("running");
    assert.equal(it.last().trouble, "");
  }
});

test("push to talk ends wherever the key is let go, and with the button's focus", async () => {
  const it = await speaking();
  it.click("data-voice-mute");
  it.key("data-voice-hold");
  assert.equal(it.voice.held, true);
  windowListeners.keyup({ key: "a" });
  assert.equal(it.voice.held, true);
  windowListeners.keyup({ key: " " });
  assert.equal(it.voice.held, false);
  it.key("data-voice-hold");
  it.focusout("data-voice-hold");
  assert.equal(it.voice.held, false);
});

test("a microphone that is unplugged is told, and another one can be begun with", async () => {
  const it = await speaking();
  it.lost();
  assert.equal(it.lamp(), "off");
  assert.equal(it.last().trouble, "Gone.");
  await it.voice.begin();
  assert.equal(it.last().trouble, "");
  assert.equal(it.last().microphone, true);
  assert.equal(Socket.made.length, 1, "by the same line");
});

test("a page that is left closes the line at once", async () => {
  const { socket } = await speaking();
  windowListeners.pagehide();
  assert.equal(socket.closedWith, 1000);
});

test("without a panel nothing is painted", () => {
  const panel = new VoicePanel({ querySelector: () => null });
  panel.paint({ state: "off" });
  panel.level(1);
});
