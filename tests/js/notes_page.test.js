// Notes mode on a page: into it and out of it, what is sent, what comes back, and what is shown.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { NoteAnswers } from "../../static/js/talk/notes/answers.js";
import { NoteComposer } from "../../static/js/talk/notes/composer.js";
import { NoteEntries } from "../../static/js/talk/notes/entries.js";
import { LeftoverNotes } from "../../static/js/talk/notes/leftover.js";
import { News } from "../../static/js/talk/notes/news.js";
import { Notes } from "../../static/js/talk/notes/notes.js";
import { noteForm, postNote } from "../../static/js/talk/notes/request.js";
import { TalkState } from "../../static/js/talk/state.js";
import { startClock, stopClock, tick } from "./clock.js";
import { names, spy, strict } from "./strict.js";
import "./browser.js";

const realFetch = globalThis.fetch;
const realNavigator = Object.getOwnPropertyDescriptor(globalThis, "navigator");

beforeEach(() => {
  globalThis.document = {
    hidden: false,
    addEventListener() {},
    querySelector: () => null,
    getElementById: () => null,
  };
  globalThis.addEventListener = () => {};
  // A browser without locks: each page sends by itself.
  Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
});
afterEach(() => {
  startClock();
  globalThis.fetch = realFetch;
  delete globalThis.document;
  delete globalThis.addEventListener;
  delete globalThis.navigator;
  if (realNavigator) Object.defineProperty(globalThis, "navigator", realNavigator);
});

const WORDS = {
  note_sending: "Sending…",
  note_short: "Hold it longer.",
  note_recorded: "Voice note, {time}",
  note_photo: "Photo",
  note_left: "One note is left.",
  notes_left: "{count} notes are left.",
  note_unkept: "Not kept.",
  note_waits: "One note waits.",
  notes_wait: "{count} notes wait.",
};

/** Elements of a page by selector, made when they are first asked for. */
function page(dataset = {}) {
  const parts = new Map();
  const element = () => {
    const heard = {};
    return {
      dataset: {},
      hidden: false,
      textContent: "",
      addEventListener: (type, act) => {
        heard[type] = act;
      },
      press: () => heard.click(),
    };
  };
  const of = (name) => parts.get(name) ?? parts.set(name, element()).get(name);
  return { dataset, of, querySelector: of, querySelectorAll: () => [] };
}

function store(rows = []) {
  const log = [];
  return {
    log,
    all: async () => rows,
    put: async ({ id }) => {
      log.push(`put ${id}`);
    },
    remove: async (id) => {
      log.push(`remove ${id}`);
    },
  };
}

function notesPage({ begun = false, current = "idle", rows = [], answer = null } = {}) {
  stopClock(1000);
  const calls = [];
  const posted = [];
  globalThis.fetch = async (url, { method = "GET", body } = {}) => {
    posted.push([method, url, body ? Object.fromEntries(body) : null]);
    if (answer) return new Response(JSON.stringify(answer));
    return new Promise(() => {});
  };
  const root = page({ session: "s", member: "7", floor: "coach", notesUrl: "/notes/" });
  const state = new TalkState(root, {
    covered: (name) => notes.covers(name),
    shown: (name) => calls.push(["shown", name]),
  });
  Object.assign(state, { begun, current });
  const microphone = spy("microphone", ["listen", "takeBack"], calls, {
    open: false,
    lend: async (wanted) => wanted(),
  });
  const typed = { text: "" };
  const kept = store(rows);
  const notes = new Notes(root, {
    state,
    stage: spy("stage", ["note", "floor"], calls),
    thread: spy("thread", ["take", "settleScroll"], calls, {
      last: 5,
      find: () => ({
        dataset: { seq: "1" },
        classList: { remove() {} },
        querySelector: () => null,
      }),
    }),
    notice: spy("notice", ["show", "hide"], calls),
    words: WORDS,
    microphone,
    takeTyped: () => typed.text,
    socketReady: () => false,
    on: spy("on", ["live", "ended"], calls),
    store: kept,
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { notes, state, root, calls, posted, kept, typed, settled };
}

test("notes mode begins the talk, hides what only the live talk needs, and asks for news", () => {
  const { notes, state, root, calls, posted } = notesPage();
  root.of("[data-notes-begin]").press();
  assert.equal(notes.active, true);
  assert.equal(state.begun, true);
  assert.equal(root.dataset.notes, "note");
  assert.equal(root.of("[data-notes-cancel]").hidden, true);
  assert.deepEqual(calls, [["notice.hide"], ["stage.note", "note"]]);
  assert.deepEqual(posted, [["GET", "/notes/?since=5", null]]);
  notes.enter();
  assert.equal(posted.length, 1);
});

test("the way back leads to the state that notes mode stood before", () => {
  const { notes, root, calls } = notesPage({ begun: true, current: "queued" });
  notes.enter();
  assert.equal(notes.covers("reconnecting"), true);
  root.of("[data-notes-live]").press();
  assert.deepEqual(calls.at(-1), ["on.live", "reconnecting"]);
  assert.equal(root.dataset.notes, undefined);
  assert.equal(notes.covers("lost"), false);
});

test("a talk that had not begun has no state to go back to", () => {
  const { notes, calls } = notesPage();
  notes.enter();
  notes.goLive();
  assert.deepEqual(calls.at(-1), ["on.live", undefined]);
});

test("the coach's turn for this member ends notes mode and opens the microphone", () => {
  const { notes, state, calls } = notesPage({ begun: true, current: "queued" });
  notes.enter();
  state.show("listening");
  assert.equal(notes.active, false);
  assert.deepEqual(names(calls).slice(-3), ["stage.note", "microphone.listen", "shown"]);
});

test("a recording is finished before the coach's turn is taken", async () => {
  const { notes, state, calls } = notesPage({ begun: true, current: "queued" });
  notes.enter();
  await notes.tap();
  assert.equal(notes.hear(new ArrayBuffer(960)), true);
  assert.equal(state.show("listening"), false);
  assert.equal(notes.active, true);
  await notes.tap();
  assert.equal(notes.active, false);
  assert.equal(state.current, "listening");
  assert.deepEqual(
    calls.find(([, kind]) => kind === "warn"),
    ["notice.show", "warn", "Hold it longer."],
  );
});

test("the end of the talk is shown in notes mode as well", () => {
  const { notes } = notesPage();
  notes.enter();
  assert.equal(notes.covers("ended"), false);
});

test("outside of notes mode the microphone and pictures are the live talk's", () => {
  const { notes } = notesPage();
  assert.equal(notes.hear(new ArrayBuffer(960)), false);
  assert.equal(notes.showPicture(new Blob()), false);
  notes.refresh();
});

test("what an earlier page could not send goes out, and notes of other talks wait for an answer", async () => {
  const rows = [
    { id: "a", session: "other", kind: "text", text: "tea", state: "waiting" },
    { id: "b", session: "s", kind: "text", text: "eggs", state: "sending" },
  ];
  const { notes, root, posted, settled } = notesPage({ rows });
  await settled();
  assert.equal(notes.active, true);
  assert.equal(root.of("[data-notes-left-text]").textContent, "One note is left.");
  const [[, url, form]] = posted.filter(([method]) => method === "POST");
  assert.equal(url, "/notes/");
  assert.deepEqual(form, { client_id: "b", member: "7", since: "5", text: "eggs" });
});

test("an answer brings the thread, the floor and the end", async () => {
  const answer = { thread: "<ol></ol>", floor: "expert", person: "Asha", ended: true };
  const { notes, calls, settled } = notesPage({ answer });
  notes.enter();
  await settled();
  await settled();
  assert.deepEqual(
    calls.filter(([name]) => /thread|floor|ended/.test(name)),
    [
      ["thread.take", "<ol></ol>"],
      ["stage.floor", { floor: "expert", name: "Asha" }],
      ["on.ended"],
    ],
  );
});

function composer() {
  const made = [];
  const calls = [];
  const typed = { text: "" };
  const it = new NoteComposer({
    session: "s",
    made: (note) => made.push(note),
    microphone: spy("microphone", ["takeBack"], calls, { lend: async () => true }),
    wanted: () => true,
    takeTyped: () => typed.text,
    notice: spy("notice", ["show", "hide"], calls),
    words: WORDS,
    on: spy("on", ["changed", "recorded"], calls),
  });
  return { it, made, calls, typed };
}

test("notes of one moment keep their order", () => {
  stopClock(500);
  const { it, made } = composer();
  for (const text of ["one", "two", "three"]) it.type(text);
  assert.deepEqual(
    made.map(({ text, at }) => [text, at]),
    [
      ["one", 500],
      ["two", 501],
      ["three", 502],
    ],
  );
  assert.equal(new Set(made.map(({ id }) => id)).size, 3);
  assert.ok(made.every(({ session }) => session === "s"));
});

test("a picture goes with what stands typed, else alone", () => {
  const { it, made, typed } = composer();
  it.showPicture("p1");
  typed.text = "my lunch";
  it.showPicture("p2");
  assert.deepEqual(
    made.map(({ kind, text, picture }) => [kind, text, picture]),
    [
      ["picture", "", "p1"],
      ["text", "my lunch", "p2"],
    ],
  );
});

test("a picture goes with what was recorded, and alone when that was too short", async () => {
  const { it, made, calls } = composer();
  for (const frames of [50, 1]) {
    await it.record();
    for (let i = 0; i < frames; i += 1) it.take(new ArrayBuffer(960));
    it.along = "p";
    it.send();
  }
  assert.deepEqual(
    made.map(({ kind, ms, picture }) => [kind, ms, picture]),
    [
      ["voice", 1000, "p"],
      ["picture", undefined, "p"],
    ],
  );
  await it.record();
  it.along = "p";
  it.cancel();
  it.cancel();
  assert.equal(it.along, null);
  assert.equal(made.length, 2);
  assert.equal(names(calls).filter((name) => name === "on.recorded").length, 2);
});

test("a note's form carries what the note is, and what the page has of the thread", async () => {
  const given = { member: "7", since: 12 };
  const fields = async (note) => {
    const form = noteForm({ id: "a", ...note }, given);
    return Object.fromEntries([...form].map(([name, value]) => [name, value.name ?? value]));
  };
  const base = { client_id: "a", member: "7", since: "12" };
  assert.deepEqual(await fields({ kind: "text", text: "eggs" }), { ...base, text: "eggs" });
  assert.deepEqual(await fields({ kind: "voice", sound: new ArrayBuffer(4), again: true }), {
    ...base,
    again: "1",
    audio: "note.wav",
  });
  assert.deepEqual(await fields({ kind: "picture", picture: new Blob(["x"]) }), {
    ...base,
    picture: "picture.jpg",
  });
});

test("a request that was given up is a server that was not reached", async () => {
  globalThis.fetch = async () => {
    throw new DOMException("too slow", "AbortError");
  };
  await assert.rejects(postNote("/notes/", new FormData()), (error) => error.status === 0);
  globalThis.fetch = async () => new Response("{}", { status: 410 });
  await assert.rejects(postNote("/notes/", new FormData()), { status: 410 });
});

function answers({ mayPlay = true, player = null } = {}) {
  const calls = [];
  const root = { dataset: {}, querySelector: () => player };
  const it = new NoteAnswers(root, {
    thread: spy("thread", ["take"], calls),
    stage: spy("stage", ["floor"], calls),
    notice: spy("notice", ["show"], calls),
    mayPlay: () => mayPlay,
    on: spy("on", ["changed", "ended"], calls),
  });
  return { it, root, calls };
}
const news = { thread: "", floor: "coach", person: "", ended: false };

test("a note whose photo could not be shown says so once it has gone out", () => {
  const { it, calls } = answers();
  const picture = { code: "picture_damaged", message: "This picture is damaged." };
  const shown = () => calls.filter(([name]) => name === "notice.show");
  it.answered({ id: "a" }, { ...news, note: { state: "waiting", picture } });
  assert.deepEqual(shown(), []);
  it.answered({ id: "a" }, { ...news, note: { state: "failed", picture } });
  assert.deepEqual(shown(), [["notice.show", "warn", "This picture is damaged."]]);
});

test("a spoken reply begins by itself, where that is wanted", () => {
  let played = 0;
  const player = {
    play: async () => {
      played += 1;
      throw new Error("the browser wants a tap");
    },
  };
  for (const mayPlay of [true, false]) {
    const { it, root } = answers({ mayPlay, player });
    it.answered({ id: "a" }, { ...news, note: { state: "done", reply: 9 } });
    assert.equal(root.dataset.noteAnswered, "a");
  }
  assert.equal(played, 1);
});

test("news are asked for more often while a person is there, and not while they are told", async () => {
  stopClock();
  const page = { floor: "coach", wanted: true };
  const asked = [];
  globalThis.fetch = async (url) => {
    asked.push(url);
    return new Response("{}");
  };
  const it = new News({
    floor: () => page.floor,
    wanted: () => page.wanted,
    url: () => "/news/",
    apply() {},
  });
  it.ask();
  tick(14_000);
  assert.equal(asked.length, 1);
  tick(1000);
  assert.equal(asked.length, 2);
  page.floor = "expert";
  tick(15_000);
  tick(9000);
  assert.equal(asked.length, 6);
  page.wanted = false;
  tick(9000);
  assert.equal(asked.length, 6);
  page.wanted = true;
  it.stop();
  tick(60_000);
  assert.equal(asked.length, 6);
});

test("news that cannot be had now are had later, but an error of our own is one", async () => {
  stopClock();
  globalThis.fetch = async () => {
    throw new TypeError("no network");
  };
  const it = new News({ floor: () => "coach", wanted: () => true, url: () => "/", apply() {} });
  await it.ask();
  globalThis.fetch = async () => new Response("{}");
  it.apply = () => {
    throw new TypeError("a bug");
  };
  await assert.rejects(it.ask(), TypeError);
  it.stop();
});

function leftover(rows) {
  const kept = store(rows);
  const calls = [];
  const root = page();
  const it = new LeftoverNotes(root, {
    store: strict("store", { all: kept.all, remove: kept.remove }),
    words: WORDS,
    on: {
      enter: () => kept.log.push("enter"),
      add: ({ id }) => kept.log.push(`add ${id}`),
    },
  });
  return { it, root, calls, log: kept.log };
}

test("a note of an earlier talk is sent by one page only, and kept before it is let go", async () => {
  const { it, root, log } = leftover([{ id: "old" }]);
  it.show([{ id: "gone" }, { id: "old" }]);
  assert.equal(root.of("[data-notes-left-text]").textContent, "2 notes are left.");
  assert.equal(root.of("[data-notes-left]").hidden, false);
  await it.send();
  assert.deepEqual(log, ["enter", "add old", "remove old"]);
  assert.equal(root.of("[data-notes-left]").hidden, true);
});

test("notes of earlier talks that are thrown away are gone from the device", async () => {
  const { it, root, log } = leftover([]);
  it.show([{ id: "a" }, { id: "b" }]);
  root.of("[data-notes-left-drop]").press();
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(log, ["remove a", "remove b"]);
  assert.equal(root.of("[data-notes-left]").hidden, true);
});

/** An entry of the thread whose parts can be taken away. */
function entry() {
  const parts = new Map();
  return {
    dataset: {},
    querySelector(name) {
      if (!parts.has(name)) parts.set(name, { remove: () => parts.set(name, null) });
      return parts.get(name);
    },
  };
}

function noteEntries({ cards = [], node = null } = {}) {
  const find = (key, id) => (key === "client" ? node : cards.includes(id) ? {} : null);
  return new NoteEntries(page(), {
    thread: strict("thread", { find }),
    words: WORDS,
    on: {},
  });
}

test("a note's own copy of its photo goes when the photo's card has come", () => {
  const node = entry();
  const note = { id: "a", kind: "picture", picture: {}, state: "sending" };
  noteEntries({ node }).paintNote(note);
  assert.notEqual(node.querySelector(".picture-card"), null);
  noteEntries({ node, cards: ["a"] }).paintNote(note);
  assert.equal(node.querySelector(".picture-card"), null);
  assert.equal(node.querySelector("[data-note-words]").textContent, "Sending…");
});

test("a note can be thrown away unless it is just going out, and tried again when it failed", () => {
  for (const [note, again, drop] of [
    [{ state: "sending" }, false, false],
    [{ state: "sending", held: "offline" }, false, true],
    [{ state: "waiting", held: "busy" }, false, true],
    [{ state: "failed", message: "Nothing could be made out." }, true, true],
    [{ state: "ended" }, false, true],
  ]) {
    const node = entry();
    noteEntries({ node }).paintNote({ id: "a", kind: "text", ...note });
    assert.equal(node.querySelector("[data-note-again]").hidden, !again, note.state);
    assert.equal(node.querySelector("[data-note-drop]").hidden, !drop, note.state);
  }
});
