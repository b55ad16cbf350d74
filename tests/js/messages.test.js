// What comes down the two sockets: each type reaches the parts that it is for, and no others.

import "./browser.js";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, test } from "node:test";
import * as desk from "../../static/js/desk/messages.js";
import * as talk from "../../static/js/talk/live/messages.js";
import { names, spy, strict } from "./strict.js";

let calls = [];
let warnings = [];
const realWarn = console.warn;

beforeEach(() => {
  calls = [];
  warnings = [];
  console.warn = (...words) => warnings.push(words.join(" "));
});
afterEach(() => {
  console.warn = realWarn;
});

function talkPage(parts = {}) {
  return strict("page", {
    socket: spy("socket", ["resume", "answered", "refused"], calls),
    connection: spy("connection", ["ready", "refused"], calls),
    state: spy("state", ["show"], calls),
    waiting: spy("waiting", ["show"], calls),
    texts: spy("texts", ["go"], calls),
    thread: spy("thread", ["caption", "drop", "turn", "card"], calls),
    stage: spy("stage", ["floor", "caption", "drop"], calls),
    echo: spy("echo", ["caption", "dropped", "turn", "cut"], calls),
    listening: spy("listening", ["ready"], calls),
    playback: spy("playback", ["clear"], calls),
    pictures: spy("pictures", ["can"], calls),
    ending: spy("ending", ["leave"], calls),
    ...parts,
  });
}

const receive = (message, parts) => talk.receiver(talkPage(parts))(message);
const CAPTION = { type: "caption", speaker: "coach", item: "c1", text: "Good" };
const TURN = { type: "turn", seq: 3, speaker: "member", item: "m1", client_id: null, text: "Eggs" };

test("ready brings the page in step before what waited goes out", () => {
  receive({ type: "ready", generation: 4, engine: { capabilities: { images: true } } });
  assert.deepEqual(calls, [
    ["playback.clear", 4],
    ["pictures.can", true],
    ["listening.ready"],
    ["connection.ready"],
    ["texts.go"],
    ["socket.resume"],
  ]);
});

test("an engine that says nothing of pictures takes none, and a lesson has none", () => {
  receive({ type: "ready", generation: 1 });
  assert.deepEqual(
    calls.find(([name]) => name === "pictures.can"),
    ["pictures.can", false],
  );
  receive({ type: "ready", generation: 1 }, { pictures: null });
});

test("captions and turns go to the thread, to the stage and to the watch for echoes", () => {
  receive(CAPTION);
  assert.deepEqual(calls, [
    ["echo.caption", CAPTION],
    ["thread.caption", CAPTION],
    ["stage.caption", CAPTION],
  ]);
  calls.length = 0;
  receive(TURN);
  assert.deepEqual(names(calls), ["thread.turn", "echo.turn", "stage.caption"]);
  calls.length = 0;
  receive({ ...TURN, speaker: "system" });
  assert.deepEqual(names(calls), ["thread.turn", "echo.turn"], "a notice is not said on the stage");
  calls.length = 0;
  receive({ type: "drop", item: "m1" });
  assert.deepEqual(calls, [
    ["echo.dropped", "m1"],
    ["thread.drop", "m1"],
    ["stage.drop", "m1"],
  ]);
});

test("a clear is judged as an echo before the playback is stopped", () => {
  receive({ type: "clear", generation: 7 });
  assert.deepEqual(calls, [["echo.cut"], ["playback.clear", 7]]);
});

test("a fatal error ends the attempts before the member is told", () => {
  const message = { type: "error", code: "idle", message: "Nobody spoke.", fatal: true };
  receive(message);
  assert.deepEqual(calls, [["socket.refused"], ["connection.refused", message]]);
});

test("the rest goes to one part each", () => {
  const floor = { type: "floor", floor: "expert", epoch: 2, name: "Asha" };
  const card = { type: "card", seq: 4, kind: "meal", url: "/c/4" };
  for (const [message, call] of [
    [{ type: "pong" }, ["socket.answered"]],
    [{ type: "state", state: "thinking" }, ["state.show", "thinking"]],
    [{ type: "waiting", position: 3 }, ["waiting.show", 3]],
    [floor, ["stage.floor", floor]],
    [card, ["thread.card", card]],
    [{ type: "ended", url: "/t/" }, ["ending.leave"]],
  ]) {
    calls.length = 0;
    receive(message);
    assert.deepEqual(calls, [call]);
  }
});

test("what changed is told to the regions of the page", () => {
  const told = [];
  globalThis.document = { dispatchEvent: ({ type, detail }) => told.push([type, detail.what]) };
  receive({ type: "changed", what: "day" });
  delete globalThis.document;
  assert.deepEqual(told, [["coachline:changed", "day"]]);
  assert.deepEqual(calls, []);
});

const COLLEAGUE = { type: "colleague", case: 4, expert: 2, name: "Bea", typing: true };
const CAPTION_OF_CASE = { ...CAPTION, case: 4 };

function deskPage(pk = 4) {
  return strict("desk", {
    socket: spy("socket", ["resume"], calls),
    connection: spy("connection", ["up"], calls),
    bell: spy("bell", ["play"], calls),
    refresh: spy("refresh", ["all", "look", "ringing"], calls),
    queue: spy("queue", ["refresh"], calls),
    talks: spy("talks", ["refresh"], calls),
    offers: spy("offers", ["drop"], calls),
    view: spy("view", ["caption", "catchUp", "colleague", "refresh"], calls, {
      shows: (other) => pk !== null && other === pk,
    }),
  });
}

test("each push to the desk fetches what it may have changed", () => {
  for (const [message, expected] of [
    [{ type: "ready" }, [["socket.resume"], ["connection.up"], ["refresh.all"]]],
    [{ type: "pong" }, []],
    [{ type: "queue", version: 9 }, [["queue.refresh"]]],
    [{ type: "talks" }, [["talks.refresh"]]],
    [{ type: "presence", status: "away" }, [["queue.refresh"]]],
    [{ type: "offer", offer: 8 }, [["refresh.ringing"]]],
    [{ type: "offer_gone", offer: 8 }, [["offers.drop", 8], ["queue.refresh"]]],
    [{ type: "owned", escalation: 5 }, [["refresh.look"]]],
    [
      { type: "owned", escalation: 4, warn: true },
      [["bell.play", 1], ["refresh.look"], ["view.refresh"]],
    ],
    [{ type: "watching", case: 4 }, [["view.catchUp"]]],
    [{ type: "refused", case: 4 }, [["view.refresh"]]],
    [{ type: "turn", case: 4, seq: 2 }, [["view.catchUp"]]],
    [{ type: "card", case: 4, seq: 3 }, [["view.catchUp"]]],
    [{ type: "floor", case: 4 }, [["view.refresh"]]],
    [{ type: "ended", case: 4 }, [["view.refresh"]]],
    [{ type: "note", case: 4 }, [["view.refresh"]]],
    [CAPTION_OF_CASE, [["view.caption", CAPTION_OF_CASE]]],
    [COLLEAGUE, [["view.colleague", COLLEAGUE]]],
  ]) {
    calls.length = 0;
    desk.receiver(deskPage())(message);
    assert.deepEqual(calls, expected, message.type);
  }
});

test("what comes late of another case, or while none is open, is not shown", () => {
  const ofTalk = [
    "watching",
    "refused",
    "caption",
    "turn",
    "card",
    "floor",
    "ended",
    "note",
    "colleague",
  ];
  for (const pk of [5, null]) {
    for (const type of ofTalk) desk.receiver(deskPage(pk))({ type, case: 4, item: "m1" });
  }
  assert.deepEqual(calls, []);
});

for (const [name, module, page] of [
  ["talk", talk, talkPage],
  ["desk", desk, deskPage],
]) {
  test(`${name}: an unknown type is passed over, and only its name is written down`, () => {
    const secret = "I had two eggs";
    for (const type of ["telepathy", "toString", "__proto__", "constructor"]) {
      module.receiver(page())({ type, text: secret });
    }
    assert.deepEqual(calls, []);
    assert.equal(warnings.length, 4);
    assert.ok(warnings[0].includes("telepathy"));
    assert.ok(warnings.every((line) => !line.includes(secret)));
  });

  test(`${name}: every type has a handler and a typedef`, () => {
    assert.deepEqual(module.HANDLED, Object.keys(module.handlers));
    const folder = name === "talk" ? "talk/live" : "desk";
    const path = new URL(`../../static/js/${folder}/messages.js`, import.meta.url);
    const source = readFileSync(path, "utf8");
    const documented = [...source.matchAll(/\{type: "(\w+)"/g)].map(([, type]) => type);
    assert.deepEqual([...documented].sort(), [...module.HANDLED].sort());
  });
}
