import "./browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { shortcut } from "../../static/js/talk/controls.js";
import { TalkSocket } from "../../static/js/talk/live/socket.js";
import { smooth } from "../../static/js/talk/stage/ring.js";
import { fill, sentenceAt, stateWords } from "../../static/js/talk/stage/words.js";
import { Sequence } from "../../static/js/talk/thread/sequence.js";
import { startClock, stopClock, tick } from "./clock.js";

class Line {
  static OPEN = 1;
  static made = [];
  constructor() {
    this.readyState = 1;
    this.sent = [];
    this.bufferedAmount = 0;
    Line.made.push(this);
  }
  send(data) {
    this.sent.push(typeof data === "string" ? JSON.parse(data) : data);
  }
  close() {
    this.readyState = 3;
  }
  say(message) {
    this.onmessage({ data: JSON.stringify(message) });
  }
}

function connect(seen = 7) {
  startClock();
  stopClock();
  Line.made = [];
  const events = [];
  const socket = new TalkSocket("ws://coach", {
    Socket: Line,
    since: () => seen,
    on: {
      message: ({ type, fatal }) => {
        events.push(type);
        if (type === "ready") socket.resume();
        if (type === "pong") socket.answered();
        if (fatal) socket.refused();
      },
      audio: () => events.push("audio"),
      down: () => events.push("down"),
      gone: (code) => events.push(`gone ${code}`),
    },
  });
  socket.open();
  return { socket, events, line: Line.made[0] };
}

const types = (line) => line.sent.map((message) => message.type ?? "audio");

test("numbers in order are new, repeats are seen, holes are gaps that close", () => {
  const sequence = new Sequence(2);
  assert.equal(sequence.note(3), "new");
  assert.equal(sequence.note(3), "seen");
  assert.equal(sequence.note(5), "gap");
  assert.equal(sequence.last, 3);
  assert.equal(sequence.note(4), "new");
  assert.equal(sequence.last, 5);
  assert.equal(sequence.note(1), "seen");
});

test("after a refetch what the server has shown counts as seen", () => {
  const sequence = new Sequence(0);
  sequence.note(9);
  sequence.note(12);
  sequence.settle(11);
  assert.equal(sequence.last, 12);
  assert.equal(sequence.note(10), "seen");
});

test("hello says what the page has seen, and nothing else goes out before ready", () => {
  const { socket, line } = connect();
  line.onopen();
  socket.send({ type: "mute", on: true });
  socket.text("a", "eggs");
  assert.deepEqual(line.sent, [{ type: "hello", since: 7 }]);
  line.say({ type: "ready" });
  assert.deepEqual(line.sent.at(-1), { type: "text", id: "a", text: "eggs" });
});

test("a text is sent again after a loss, under its first id, until it is settled", () => {
  const { socket, events, line } = connect();
  line.onopen();
  line.say({ type: "ready" });
  socket.text("a", "eggs");
  line.onclose({ code: 1006 });
  tick(1000);
  const second = Line.made[1];
  second.onopen();
  second.say({ type: "ready" });
  assert.deepEqual(types(second), ["hello", "text"]);
  assert.equal(second.sent[1].id, "a");
  socket.settled("a");
  second.onclose({ code: 1006 });
  tick(1000);
  Line.made[2].onopen();
  Line.made[2].say({ type: "ready" });
  assert.deepEqual(types(Line.made[2]), ["hello"]);
  assert.deepEqual(events, ["ready", "down", "ready", "down", "ready"]);
});

test("speech during a loss is kept, but not more than ten seconds of it", () => {
  const { socket, line } = connect();
  for (let i = 0; i < 600; i += 1) socket.audio(i);
  line.onopen();
  line.say({ type: "ready" });
  const audio = line.sent.slice(1);
  assert.equal(audio.length, 500);
  assert.equal(audio.at(-1), 599, "the newest is kept");
});

test("a slow network loses speech instead of falling behind", () => {
  const { socket, line } = connect();
  line.onopen();
  line.say({ type: "ready" });
  line.bufferedAmount = 60000;
  socket.audio(1);
  line.bufferedAmount = 0;
  socket.audio(2);
  assert.deepEqual(line.sent.slice(1), [2]);
});

test("after a refusal or a fatal error there is no further attempt", () => {
  const refused = connect();
  refused.line.onclose({ code: 4404 });
  tick(60000);
  assert.deepEqual(refused.events, ["gone 4404"]);
  assert.equal(Line.made.length, 1);
  const fatal = connect();
  fatal.line.say({ type: "error", fatal: true, message: "no" });
  fatal.line.onclose({ code: 1011 });
  assert.deepEqual(fatal.events, ["error", "gone 1011"]);
});

test("a connection that answered pings and fell silent is given up", () => {
  const { line, events } = connect();
  line.onopen();
  line.say({ type: "ready" });
  line.say({ type: "pong" });
  tick(20000);
  assert.deepEqual(events, ["ready", "pong"]);
  tick(10000);
  assert.deepEqual(events, ["ready", "pong", "down"]);
});

const WORDS = {
  listening: "Listening",
  muted: "Muted",
  reading: "Type",
  thinking: "Thinking",
  speaking: "Talk to interrupt",
  speaking_text: "Tap to interrupt",
  person: "{name} is with you",
  person_nameless: "A person is with you",
  waiting: "Being called",
  held: "On hold",
  lost: "Not connected",
  elsewhere: "In another window",
  queued: "Number {position} in line",
};
const facts = (change) => ({ state: "listening", playing: false, listening: true, ...change });

test("the state in words follows what the member hears and can do", () => {
  const say = (change) => stateWords(WORDS, facts(change));
  assert.equal(say({}), "Listening");
  assert.equal(say({ playing: true }), "Talk to interrupt");
  assert.equal(say({ playing: true, listening: false }), "Tap to interrupt");
  assert.equal(say({ muted: true }), "Muted");
  assert.equal(say({ listening: false }), "Type");
  assert.equal(say({ waiting: true }), "Being called");
  assert.equal(say({ state: "lost" }), "Not connected");
  assert.equal(say({ state: "lost", elsewhere: true }), "In another window");
  assert.equal(say({ state: "held", playing: true }), "On hold");
  assert.equal(
    say({ state: "person", person: "Asha (dietitian)" }),
    "Asha (dietitian) is with you",
  );
  assert.equal(say({ state: "person", person: "" }), "A person is with you");
  assert.equal(say({ state: "queued", position: 3 }), "Number 3 in line");
});

test("a name is filled in as it is", () => {
  assert.equal(fill("{name} and {other}", { name: "$&" }), "$& and {other}");
});

test("the sentence of the moment is found, and 3.5 g is no end of one", () => {
  const text = "Good morning! That is 3.5 g of salt. Anything else?";
  assert.equal(sentenceAt(text, 0), "Good morning!");
  assert.equal(sentenceAt(text, 0.5), "That is 3.5 g of salt.");
  assert.equal(sentenceAt(text, 1), "Anything else?");
  assert.equal(sentenceAt("No end yet", 0.9), "No end yet");
  assert.equal(sentenceAt("", 0.5), "");
});

test("letters are shortcuts outside of fields only, Escape everywhere", () => {
  assert.equal(shortcut({ key: "m" }, false), "mute");
  assert.equal(shortcut({ key: "T" }, false), "type");
  assert.equal(shortcut({ key: "m" }, true), null);
  assert.equal(shortcut({ key: "Escape" }, true), "interrupt");
  assert.equal(shortcut({ key: "m", ctrlKey: true }, false), null);
  assert.equal(shortcut({ key: "x" }, false), null);
});

test("the ring rises fast and falls slowly", () => {
  assert.ok(smooth(0, 1) > 1 - smooth(1, 0));
});
