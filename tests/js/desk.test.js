import "./browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { draftOf } from "../../static/js/desk/case/composer.js";
import { Drafts, Outgoing } from "../../static/js/desk/case/outgoing.js";
import {
  elapsed,
  left,
  now,
  paintClocks,
  pressure,
  share,
  span,
  sync,
} from "../../static/js/desk/clock.js";
import { Bell, PHRASES } from "../../static/js/desk/offers/bell.js";
import { answerOf, meant, Offers } from "../../static/js/desk/offers/offers.js";
import { Hold } from "../../static/js/desk/queue/hold.js";
import { DeskSocket } from "../../static/js/desk/socket.js";
import { startClock, stopClock, tick } from "./clock.js";

test("times are short and never jump in width below an hour", () => {
  assert.equal(elapsed(0), "0:00");
  assert.equal(elapsed(7.9), "0:07");
  assert.equal(elapsed(725), "12:05");
  assert.equal(elapsed(3599), "59:59");
  assert.equal(elapsed(3600 + 5 * 60), "1 h 05");
  assert.equal(elapsed(2 * 86_400 + 3 * 3600 + 59), "2 d 3 h");
  assert.equal(elapsed(-4), "0:00");
});

test("a deadline is a sentence that says what to do, and how late it is", () => {
  assert.deepEqual([0, 119, 120, 3599, 3600].map(span), [
    "0 s",
    "119 s",
    "2 min",
    "59 min",
    "1 h 0 min",
  ]);
  assert.equal(span(86_400 * 2 + 3600 * 23 + 59), "2 d 23 h");
  sync(new Date(Date.now()).toISOString());
  const due = {
    dataset: { within: "take it within {time}", late: "late by {time}: take it" },
    textContent: "",
  };
  const root = { querySelectorAll: (wanted) => (wanted === "time[data-due]" ? [due] : []) };
  const says = (seconds) => {
    due.dataset.due = new Date(now() + seconds * 1000).toISOString();
    paintClocks(root);
    return [due.textContent, due.dataset.pressure];
  };
  assert.deepEqual(says(4 * 3600 - 30), ["take it within 3 h 59 min", "calm"]);
  assert.deepEqual(says(-330), ["late by 5 min: take it", "late"]);
});

test("the countdown of an offer ends at nought and its ring is empty then", () => {
  assert.equal(left(15_000, 0), 15);
  assert.equal(left(15_000, 14_001), 1);
  assert.equal(left(15_000, 15_000), 0);
  assert.equal(left(15_000, 99_000), 0);
  assert.equal(share(0, 20_000, 0), 100);
  assert.equal(share(0, 20_000, 15_000), 25);
  assert.equal(share(0, 20_000, 25_000), 0);
  assert.equal(share(5, 5, 5), 0);
});

test("an offer that becomes an emergency is drawn anew, and rings as one", () => {
  stopClock();
  const shown = [];
  const box = {
    querySelectorAll: () => [...shown],
    get firstElementChild() {
      return shown[0] ?? null;
    },
    insertBefore: (node) => shown.unshift(node),
  };
  const strip = (tier, mark) => {
    const node = { id: "offer-7", mark, dataset: { offer: "7", tier } };
    node.remove = () => shown.splice(shown.indexOf(node), 1);
    return node;
  };
  const real = globalThis.document;
  globalThis.document = { getElementById: (id) => shown.find((node) => node.id === id) ?? null };
  const rung = [];
  const bell = { ring: (tier) => rung.push(tier), hush: () => {} };
  const root = { dataset: {}, querySelector: () => box };
  const offers = new Offers(root, { bell, on: { count: () => {} } });
  offers.tick = () => {};
  offers.place([strip("3", "first")]);
  offers.place([strip("3", "the same")]);
  assert.deepEqual(
    shown.map((node) => node.mark),
    ["first"],
  );
  offers.place([strip("0", "emergency")]);
  assert.deepEqual(
    shown.map((node) => node.mark),
    ["emergency"],
  );
  assert.deepEqual(rung, [3, 3, 0]);
  globalThis.document = real;
  startClock();
});

test("pressure rises with the deadline", () => {
  const at = (when) => pressure(0, 100, when);
  assert.deepEqual([at(10), at(50), at(80), at(100)], ["calm", "soon", "close", "late"]);
});

test("clocks go by the server's time", () => {
  stopClock(1_000_000);
  sync(new Date(1_090_000).toISOString());
  assert.equal(now(), 1_090_000);
  sync("nonsense");
  assert.equal(now(), 1_090_000);
  sync(new Date(1_000_000).toISOString());
  startClock();
});

function holding() {
  const shown = [];
  const fresh = [];
  const hold = new Hold({ apply: (state) => shown.push(state), fresh: (n) => fresh.push(n) });
  return { hold, shown, fresh };
}

test("rows stay under the pointer until it leaves, and the newest state wins", () => {
  const { hold, shown, fresh } = holding();
  hold.take("a", ["1", "2"]);
  hold.hold();
  hold.take("b", ["3", "1", "2"]);
  hold.take("c", ["3", "4", "1", "2"]);
  assert.deepEqual(shown, ["a"]);
  assert.equal(fresh.at(-1), 2);
  hold.release();
  assert.deepEqual(shown, ["a", "c"]);
  assert.equal(fresh.at(-1), 0);
  hold.release();
  assert.equal(shown.length, 2);
});

test("a pointer that rests there keeps nothing that is over on the page", () => {
  stopClock();
  const { hold, shown } = holding();
  hold.take("a", ["1"]);
  hold.hold();
  tick(9000);
  hold.take("b", []);
  hold.hold(); // it has moved
  tick(9000);
  hold.take("c", []);
  assert.deepEqual(shown, ["a"]);
  tick(1000);
  hold.take("d", []);
  assert.deepEqual(shown, ["a", "d"]);
  startClock();
});

test("a state in which nothing moves is shown although somebody points at it", () => {
  const { hold, shown } = holding();
  hold.take("a", ["1", "2"]);
  hold.hold();
  hold.take("b", ["1", "2"]);
  assert.deepEqual(shown, ["a", "b"]);
  hold.take("c", ["2", "1"]);
  assert.deepEqual(shown, ["a", "b"]);
});

test("what the person has just done shows at once, and so does the pill's press", () => {
  const { hold, shown } = holding();
  hold.hold();
  hold.take("a", ["1"]);
  hold.flush();
  hold.take("b", ["2"], { force: true });
  assert.deepEqual(shown, ["a", "b"]);
  hold.release();
  assert.deepEqual(shown, ["a", "b"]);
});

test("a message keeps its number while it is tried again, another text gets another", () => {
  let count = 0;
  const outgoing = new Outgoing(() => `m${++count}`);
  assert.equal(outgoing.idFor("Hello"), "m1");
  assert.equal(outgoing.idFor("Hello"), "m1");
  assert.equal(outgoing.idFor("Hello!"), "m2");
  outgoing.settled();
  assert.equal(outgoing.idFor("Hello!"), "m3");
});

test("drafts are kept by case and mode, and an empty one is gone", () => {
  const kept = new Map();
  const drafts = new Drafts({
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
  });
  drafts.write(1, "text", "for Maya");
  drafts.write(1, "guide", "for the coach");
  assert.equal(drafts.read(1, "text"), "for Maya");
  assert.equal(drafts.read(1, "guide"), "for the coach");
  assert.equal(drafts.read(2, "text"), "");
  drafts.write(1, "text", "");
  assert.equal(kept.size, 1);
  assert.equal(new Drafts(undefined).read(1, "text"), "");
});

test("an offer is answered by a letter, and by Alt and the letter while somebody types", () => {
  const outside = { target: { closest: () => null } };
  const inField = { target: { closest: () => ({}) } };
  assert.equal(answerOf({ ...outside, key: "A", code: "KeyQ" }), "a");
  assert.equal(answerOf({ ...inField, key: "a", code: "KeyA" }), "");
  assert.equal(answerOf({ ...inField, key: "å", code: "KeyA", altKey: true }), "a");
  assert.equal(answerOf({ ...outside, key: "d", code: "KeyD", altKey: true }), "");
  assert.equal(answerOf({ ...outside, key: "a", ctrlKey: true }), "");
  assert.equal(answerOf({ ...outside, key: "a", repeat: true }), "");
});

test("who types a word when an offer rings does not answer it by that", () => {
  assert.equal(meant(1000, 1300), false);
  assert.equal(meant(1000, 2500), true);
});

class Line {
  static OPEN = 1;
  static made = [];
  constructor() {
    this.readyState = 1;
    this.sent = [];
    Line.made.push(this);
  }
  send(data) {
    this.sent.push(JSON.parse(data));
  }
  close() {
    this.readyState = 3;
  }
  say(message) {
    this.onmessage({ data: JSON.stringify(message) });
  }
}

function connect() {
  startClock();
  stopClock();
  Line.made = [];
  const events = [];
  const socket = new DeskSocket("ws://desk", {
    Socket: Line,
    on: {
      down: () => events.push("down"),
      gone: () => events.push("gone"),
      message: ({ type }) => {
        events.push(type);
        if (type === "ready") socket.resume();
      },
    },
  });
  socket.open();
  return { socket, events, line: () => Line.made.at(-1) };
}

test("the socket comes back by itself and reads the same talk along", () => {
  const { socket, events, line } = connect();
  line().say({ type: "ready" });
  socket.watch(4);
  line().onclose({ code: 1006 });
  assert.deepEqual(events, ["ready", "down"]);
  tick(10_000);
  assert.equal(Line.made.length, 2);
  line().say({ type: "ready" });
  assert.deepEqual(line().sent.at(-1), { type: "watch", case: 4 });
  line().say({ type: "queue", version: 2 });
  assert.deepEqual(events, ["ready", "down", "ready", "queue"]);
});

test("a connection that answers no ping is given up", () => {
  const { events, line } = connect();
  line().say({ type: "ready" });
  tick(10_000);
  assert.deepEqual(line().sent.at(-1), { type: "ping" });
  tick(20_000);
  assert.deepEqual(events, ["ready", "down"]);
  tick(1000);
  assert.equal(Line.made.length, 2);
});

test("an expert who is signed out is not connected again", () => {
  const { events, line } = connect();
  line().onclose({ code: 4403 });
  tick(60_000);
  assert.deepEqual(events, ["gone"]);
  assert.equal(Line.made.length, 1);
});

test("each tier has a phrase of its own, and the graver is the quicker", () => {
  const every = PHRASES.map((phrase) => phrase.every);
  assert.equal(every.length, 5);
  assert.deepEqual(
    every,
    [...every].sort((a, b) => a - b),
  );
  assert.equal(new Set(every).size, 5);
});

test("the bell rings until it is hushed, and again only for another tier", () => {
  startClock();
  stopClock();
  const bell = new Bell({ change: () => {} }, undefined);
  const played = [];
  bell.play = (tier) => played.push(tier);
  bell.ring(0);
  bell.ring(0);
  tick(2400);
  assert.deepEqual(played, [0, 0, 0]);
  bell.ring(1);
  bell.hush();
  tick(10_000);
  assert.deepEqual(played, [0, 0, 0, 1]);
  startClock();
});

test("what is typed to the member stays when the voice ends or the member leaves", () => {
  assert.equal(new Set(["text", "voice", "message"].map(draftOf)).size, 1);
  assert.notEqual(draftOf("guide"), draftOf("text"));
});
