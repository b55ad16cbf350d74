import "./browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox, verdict } from "../../static/js/talk/notes/outbox.js";
import { clock, NOTE_MAX_MS, Recorder } from "../../static/js/talk/notes/recorder.js";
import { mulaw, wav } from "../../static/js/talk/notes/wav.js";
import { noteWords, stuckWords, waitWords } from "../../static/js/talk/stage/words.js";

const frame = (value = 0) => new Int16Array(480).fill(value).buffer;

/** A mu-law byte back as a sample (G.711), by the book. */
function heard(byte) {
  const bits = ~byte & 0xff;
  const level = (((bits & 15) << 3) + 132) << ((bits >> 4) & 7);
  return bits & 0x80 ? 132 - level : level - 132;
}

test("mu-law keeps a sample to within its step, whatever its size and sign", () => {
  assert.equal(mulaw(0), 0xff);
  assert.equal(mulaw(32767), 0x80);
  assert.equal(mulaw(-32768), 0x00);
  for (let sample = -32768; sample <= 32767; sample += 7) {
    const away = Math.abs(heard(mulaw(sample)) - sample);
    assert.ok(away <= (Math.abs(sample) + 132) / 32, `${sample}: ${away}`);
  }
});

test("a recording is a WAV file whose sizes are what they say", () => {
  const view = new DataView(wav([frame(1000), frame(-1000)]));
  const name = (at) => String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
  assert.equal(name(0) + name(8) + name(12) + name(36), "RIFFWAVEfmt data");
  assert.equal(view.getUint32(4, true), view.byteLength - 8);
  assert.equal(view.getUint32(40, true), 960);
  assert.deepEqual(
    [20, 22, 34].map((at) => view.getUint16(at, true)),
    [7, 1, 8],
  );
  assert.equal(view.getUint32(24, true), 24000);
  assert.equal(view.getUint8(44), mulaw(1000));
  assert.equal(view.getUint8(44 + 480), mulaw(-1000));
});

test("a recorder takes frames between start and stop, and no more than fit", () => {
  let full = 0;
  const recorder = new Recorder(() => {
    full += 1;
  });
  assert.equal(recorder.take(frame()), false);
  recorder.start();
  for (let i = 0; i < 50; i += 1) assert.equal(recorder.take(frame()), true);
  assert.equal(recorder.ms, 1000);
  assert.equal(recorder.stop().sound.byteLength, 44 + 50 * 480);
  assert.equal(recorder.take(frame()), false);
  recorder.start();
  for (let i = 0; i < NOTE_MAX_MS / 20; i += 1) recorder.take(frame());
  assert.equal(full, 1);
  assert.equal(recorder.ms, NOTE_MAX_MS);
});

test("a tap by mistake is no note, and what is cancelled is gone", () => {
  const recorder = new Recorder(() => {});
  recorder.start();
  recorder.take(frame());
  assert.equal(recorder.stop(), null);
  recorder.start();
  recorder.cancel();
  assert.equal(recorder.on, false);
  assert.deepEqual([0, 900, 61_000, NOTE_MAX_MS].map(clock), ["0:00", "0:00", "1:01", "2:00"]);
});

test("what a failed request means for its note", () => {
  assert.equal(verdict({ status: 0 }), "offline");
  assert.equal(verdict({ status: 401 }), "signed_out");
  assert.equal(verdict({ status: 503, code: "at_limit" }), "waiting");
  assert.equal(verdict({ status: 429 }), "waiting");
  assert.equal(verdict({ status: 410, code: "ended" }), "ended");
  assert.equal(verdict({ status: 400, code: "too_short" }), "failed");
  assert.equal(verdict({ status: 409, code: "not_yours" }), "failed");
});

const done = { note: { state: "done" } };
const busy = { note: { state: "waiting", message: "busy", retry_s: 3 } };
const failed = { note: { state: "failed", message: "Nothing could be made out." } };
const trouble = (status, code = "") =>
  Object.assign(new Error(`status ${status}`), { status, code });

/** An outbox whose server answers `answers` in turn: an object, or an error to throw. */
function outbox(...answers) {
  const kept = new Map();
  const sent = [];
  const waits = [];
  const said = [];
  const box = new Outbox({
    store: {
      put: async (note) => kept.set(note.id, { ...note }),
      remove: async (id) => kept.delete(id),
    },
    send: async (note) => {
      sent.push(`${note.id}${note.again ? " again" : ""}`);
      const answer = answers.shift() ?? done;
      if (answer instanceof Error) throw answer;
      return answer;
    },
    on: {
      changed: () => {},
      answered: (note) => said.push(note.id),
      unkept: () => said.push("unkept"),
    },
    later: (work, ms) => {
      waits.push({ work, ms });
    },
  });
  return { box, kept, sent, waits, said };
}

test("notes go in order, and each leaves the device when the server has it", async () => {
  const { box, kept, sent, said } = outbox();
  await Promise.all([box.add({ id: "a" }), box.add({ id: "b" }), box.add({ id: "c" })]);
  assert.deepEqual(sent, ["a", "b", "c"]);
  assert.deepEqual(said, ["a", "b", "c"]);
  assert.equal(kept.size, 0);
});

test("a try that failed is made again by the clock of the browser, which takes no other this", async (t) => {
  const real = globalThis.setTimeout;
  const waits = [];
  globalThis.setTimeout = function (work, ms) {
    if (this !== undefined && this !== globalThis) throw new TypeError("Illegal invocation");
    waits.push({ work, ms });
  };
  t.after(() => {
    globalThis.setTimeout = real;
  });
  let tries = 0;
  const box = new Outbox({
    store: { put: async () => {}, remove: async () => {} },
    send: async () => {
      tries += 1;
      if (tries === 1) throw trouble(0);
      return done;
    },
    on: { changed: () => {}, answered: () => {}, unkept: () => {} },
  });
  await box.add({ id: "a" });
  assert.equal(waits.length, 1);
  await waits[0].work();
  assert.equal(tries, 2);
  assert.deepEqual(box.notes, []);
});

test("without a network nothing overtakes, and the same note is sent again", async () => {
  const { box, kept, sent, waits } = outbox(trouble(0), trouble(0));
  await box.add({ id: "a" });
  await box.add({ id: "b" });
  assert.deepEqual(sent, ["a", "a"]);
  assert.deepEqual([...kept.keys()], ["a", "b"]);
  assert.equal(box.notes[0].state, "offline");
  assert.ok(waits[1].ms > 0);
  await box.hurry();
  assert.deepEqual(sent, ["a", "a", "a", "b"]);
  assert.equal(kept.size, 0);
});

test("waits grow, and an answer makes them short again", async () => {
  const { box, waits } = outbox(...Array.from({ length: 9 }, () => trouble(503)));
  await box.add({ id: "a" });
  for (let i = 0; i < 8; i += 1) await waits.at(-1).work();
  assert.ok(waits.at(-1).ms > 10 * waits[0].ms, `${waits[0].ms} to ${waits.at(-1).ms}`);
  await waits.at(-1).work();
  assert.equal(box.attempt, 0);
  assert.equal(box.notes.length, 0);
});

test("a note that is still being answered is asked for when the server says", async () => {
  const { box, sent, waits } = outbox(busy);
  await box.add({ id: "a" });
  assert.ok(waits[0].ms >= 3000);
  await waits[0].work();
  assert.deepEqual(sent, ["a", "a"]);
});

test("a note that is held up says so steadily, also while it is tried again", async () => {
  const away = { note: { state: "waiting", code: "unreachable", message: "m", retry_s: 3 } };
  const { box, waits } = outbox(away, away, trouble(502), done);
  const seen = [];
  const words = { note_unreachable: "kept", note_waits: "waits", note_waiting_coach: "coach" };
  box.on.changed = () => {
    const { stuck } = box;
    if (stuck.length) seen.push(`${stuckWords(words, stuck)}, ${waitWords(words, stuck[0])}`);
  };
  await box.add({ id: "a" });
  assert.equal(seen.at(-1), "kept, coach");
  seen.length = 0;
  for (let i = 0; i < 2; i += 1) await waits.at(-1).work();
  assert.ok(seen.length > 2);
  assert.deepEqual([...new Set(seen)], ["kept, coach"]);
  await waits.at(-1).work();
  assert.deepEqual(box.stuck, []);
});

test("what holds notes up is told in one sentence", () => {
  const words = { note_waits: "1", notes_wait: "{count}", notes_no_network: "{count} off" };
  const [first, busy, slow] = [{}, { held: "busy" }, { held: "timeout", message: "slow" }];
  assert.equal(stuckWords(words, [first]), "1");
  assert.equal(stuckWords(words, [busy]), "1");
  assert.equal(stuckWords(words, [slow]), "slow");
  assert.equal(stuckWords(words, [slow, first]), "2");
  assert.equal(stuckWords(words, [{ held: "offline" }, first]), "2 off");
});

test("one that failed stays for the member and holds up nobody", async () => {
  const { box, kept, sent } = outbox(failed);
  await Promise.all([box.add({ id: "a" }), box.add({ id: "b" })]);
  assert.deepEqual(sent, ["a", "b"]);
  assert.deepEqual([...kept.keys()], ["a"]);
  assert.equal(box.notes[0].message, "Nothing could be made out.");
  await box.again(box.notes[0]);
  assert.deepEqual(sent, ["a", "b", "a again"]);
  assert.equal(kept.size, 0);
});

test("signed out, everything waits for the member to come back", async () => {
  const { box, kept, waits } = outbox(trouble(401), done);
  await box.add({ id: "a" });
  assert.equal(box.notes[0].state, "signed_out");
  assert.equal(waits.length, 0);
  await box.hurry();
  assert.equal(kept.size, 0);
});

test("a note for a talk that has ended is kept until the member decides", async () => {
  const { box, kept, waits } = outbox(trouble(410, "ended"));
  await box.add({ id: "a" });
  assert.equal(kept.get("a").state, "ended");
  assert.equal(box.waiting.length, 0);
  assert.equal(waits.length, 0);
  await box.drop(box.notes[0]);
  assert.equal(kept.size, 0);
});

test("a browser that keeps nothing still sends, and says so", async () => {
  const { box, sent, said } = outbox();
  box.store.put = async () => {
    throw new Error("QuotaExceededError");
  };
  await box.add({ id: "a" });
  assert.deepEqual(sent, ["a"]);
  assert.deepEqual(said, ["unkept", "a"]);
});

test("what an earlier page left goes first, and once", async () => {
  const { box, sent } = outbox();
  box.notes.push({ id: "b", state: "waiting" });
  box.adopt([
    { id: "a", state: "sending" },
    { id: "b", state: "waiting" },
  ]);
  await box.flush();
  assert.deepEqual(sent, ["a", "b"]);
});

test("an error of our own is no bad network", async () => {
  const { box } = outbox(new TypeError("a bug"));
  await assert.rejects(box.add({ id: "a" }), TypeError);
  assert.equal(box.running, false);
});

test("the line on the stage says who is there", () => {
  const words = { note_ready: "r", note_recording: "R", note_held: "h", note_person: "{name}!" };
  assert.equal(noteWords(words, { state: "note", floor: "coach" }), "r");
  assert.equal(noteWords(words, { state: "recording", floor: "expert" }), "R");
  assert.equal(noteWords(words, { state: "note", floor: "safety_hold" }), "h");
  assert.equal(noteWords(words, { state: "note", floor: "expert", person: "Asha" }), "Asha!");
});
