// Sends notes in their order, one at a time, each until the server has it. It knows neither the
// page nor the browser: `store` keeps notes over a reload, `send` posts one, `later` waits.

import { backoff } from "../../net/reconnect.js";

const TRIES_UNTIL_SLOW = 4;
const SLOW = 5; // times as long a wait, when many tries have failed
const DOWN = "unreachable"; // for the member, a server that answers 5xx is not reached
const after = (work, ms) => setTimeout(work, ms); // called as a method, the browser's own throws

/** One page at a time sends, where the browser can tell. */
export function oneAtATime(work) {
  if (!navigator.locks) return work();
  return navigator.locks.request("coachline-notes", work);
}

/** What a failed request means for its note: tried again, left to the member, or not to be sent. */
export function verdict({ status, code }) {
  if (status === 0) return "offline";
  if (status === 401 || status === 403) return "signed_out";
  if (code === "ended") return "ended";
  if (status === 429 || status >= 500) return "waiting";
  return "failed";
}

/**
 * `send(note)` answers {note: {state, message, retry_s}, …} or throws with status and code.
 * A note's `held` says why it did not go out yet, and stays while it is tried again.
 * `on.changed()` after each change of state, `on.answered(note, answer)`, `on.unkept()` when the
 * browser keeps nothing (the note is sent all the same).
 */
export class Outbox {
  constructor({ store, send, on, locked = (work) => work(), later = after }) {
    this.store = store;
    this.sendOne = send;
    this.on = on;
    this.locked = locked;
    this.later = later;
    this.notes = [];
    this.attempt = 0;
    this.running = false;
    this.timer = null;
  }

  /** Those of them that are held up: not the one that is just going out for the first time. */
  get stuck() {
    return this.waiting.filter((note) => note.held || note.state !== "sending");
  }

  /** Notes that are still to go out. */
  get waiting() {
    return this.notes.filter((note) => note.state !== "failed" && note.state !== "ended");
  }

  /** Take up what an earlier page left. */
  adopt(notes) {
    const known = new Set(this.notes.map((note) => note.id));
    const left = notes.filter((note) => !known.has(note.id));
    for (const note of left) if (note.state === "sending") note.state = "waiting";
    this.notes = [...left, ...this.notes];
    this.on.changed();
  }

  async add(note) {
    note.state = "waiting";
    note.again = false;
    this.notes.push(note);
    this.on.changed();
    await this.keep(note);
    return this.flush();
  }

  async keep(note) {
    try {
      await this.store.put(note);
    } catch (error) {
      this.on.unkept(error);
    }
  }

  async drop(note) {
    this.notes = this.notes.filter((other) => other !== note);
    this.on.changed();
    try {
      await this.store.remove(note.id);
    } catch (error) {
      this.on.unkept(error);
    }
  }

  /** The member asks for another try of a note that failed: it goes last. */
  async again(note) {
    this.notes = [...this.notes.filter((other) => other !== note), note];
    note.state = "waiting";
    note.again = true;
    this.attempt = 0;
    this.on.changed();
    await this.keep(note);
    return this.flush();
  }

  /** Send what waits, now; one call at a time does it. */
  async flush() {
    clearTimeout(this.timer);
    if (this.running) return;
    this.running = true;
    try {
      await this.locked(async () => {
        for (let note = this.waiting[0]; note; note = this.waiting[0]) {
          if (!(await this.sendNext(note))) break;
        }
      });
    } finally {
      this.running = false;
    }
  }

  /** True: the next one may go. */
  async sendNext(note) {
    note.state = "sending";
    this.on.changed();
    try {
      const answer = await this.sendOne(note);
      return await this.settled(note, answer);
    } catch (error) {
      if (error.status === undefined) throw error;
      return this.refused(note, error);
    }
  }

  async settled(note, answer) {
    const { state, message, retry_s: seconds } = answer.note;
    this.on.answered(note, answer);
    if (state === "waiting") {
      note.state = "waiting";
      note.held = answer.note.code || "busy";
      note.message = message;
      this.retry(seconds * 1000);
      return false;
    }
    this.attempt = 0;
    if (state === "done") await this.drop(note);
    else await this.fail(note, "failed", message);
    return true;
  }

  async refused(note, error) {
    const what = verdict(error);
    note.message = error.message;
    if (what === "failed" || what === "ended") {
      await this.fail(note, what, error.message);
      return true;
    }
    note.state = what;
    note.held = what === "waiting" ? error.code || (error.status >= 500 ? DOWN : "busy") : what;
    this.on.changed();
    if (what !== "signed_out") this.retry(0);
    return false;
  }

  async fail(note, state, message) {
    note.state = state;
    note.held = "";
    note.message = message;
    this.on.changed();
    await this.keep(note);
  }

  retry(atLeast) {
    const slow = this.attempt > TRIES_UNTIL_SLOW ? SLOW : 1;
    const wait = Math.max(atLeast, backoff(this.attempt) * slow);
    this.attempt += 1;
    this.on.changed();
    this.timer = this.later(() => this.flush(), wait);
  }

  /** The network is back, or the page is seen again. */
  hurry() {
    this.attempt = 0;
    return this.flush();
  }
}
