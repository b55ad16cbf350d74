// Voice notes on the page of a talk: recording, what waits, and what comes back. Works without a
// socket: the answer to each note brings everything, and the page asks for news by itself.

import { get, post } from "../../net/http.js";
import { changed } from "../../ui/refetch.js";
import { toast } from "../../ui/toast.js";
import { draw } from "../pictures/file.js";
import { fill, stuckWords, waitWords } from "../stage/words.js";
import { Outbox } from "./outbox.js";
import { clock, Recorder } from "./recorder.js";
import { NoteStore } from "./store.js";

const NEWS_MS = 15_000; // without a socket; while a person is with the member more often
const NEWS_SOON_MS = 3_000;
const POST_MS = 180_000;
const WAV = { type: "audio/wav" };
const LIVELY = new Set(["sending", "waiting"]); // of a note
const LIVE = new Set(["listening", "speaking", "thinking"]);

/** One page at a time sends, where the browser can tell. */
function oneAtATime(work) {
  if (!navigator.locks) return work();
  return navigator.locks.request("coachline-notes", work);
}

export class Notes {
  /** `talk` is the TalkSession of the page. */
  constructor(root, talk) {
    this.root = root;
    this.talk = talk;
    this.words = talk.words;
    this.on = false;
    this.ownMicrophone = false;
    this.along = null; // the picture that goes with what is being recorded
    this.find = (name) => root.querySelector(`[data-notes-${name}]`);
    this.recorder = new Recorder(() => this.sendRecording());
    this.outbox = new Outbox({
      store: new NoteStore(root.dataset.member),
      send: (note) => this.post(note),
      locked: oneAtATime,
      on: {
        changed: () => this.paint(),
        answered: (note, answer) => this.answered(note, answer),
        unkept: () => this.talk.notice.show("warn", this.words.note_unkept),
      },
    });
    this.left = []; // of talks that are over
    this.wire();
    this.takeUp();
  }

  wire() {
    this.find("begin").addEventListener("click", () => this.enter());
    this.find("live").addEventListener("click", () => this.goLive());
    this.find("cancel").addEventListener("click", () => this.cancel());
    this.find("left-send").addEventListener("click", () => this.sendLeft());
    this.find("left-drop").addEventListener("click", () => this.dropLeft());
    addEventListener("online", () => this.outbox.hurry());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.outbox.hurry();
    });
  }

  /** What an earlier page could not send. */
  async takeUp() {
    try {
      const kept = await this.outbox.store.all();
      const session = this.root.dataset.session;
      this.left = kept.filter((note) => note.session !== session);
      this.outbox.adopt(kept.filter((note) => note.session === session));
    } catch {
      return; // this browser keeps nothing: there is nothing to take up
    }
    this.paintLeft();
    if (this.outbox.notes.length === 0) return;
    await this.enter();
    this.outbox.flush();
  }

  /** Notes mode: before a talk, in line for one, or when its line is lost. */
  async enter() {
    if (this.on) return;
    this.on = true;
    this.behind = this.talk.begun ? this.root.dataset.state : undefined;
    this.talk.begun = true;
    this.root.dataset.begun = "true";
    this.talk.notice.hide();
    this.show("note");
    this.news();
  }

  leave() {
    this.cancel();
    this.on = false;
    this.talk.stage.note(null);
    delete this.root.dataset.notes;
    clearTimeout(this.newsTimer);
  }

  /** To the live line: the one we wait for, or a new one. */
  goLive() {
    const { talk } = this;
    this.leave();
    if (talk.socket.finished) return talk.again(true);
    if (talk.socket.socket) return talk.show(this.behind ?? "connecting");
    talk.begun = false;
    return talk.begin(true);
  }

  /** Whether notes mode stands before this state of the live line. */
  covers(state) {
    if (!this.on || state === "ended") return false;
    this.behind = state;
    if (!LIVE.has(state) || this.recorder.on) return true;
    this.leave(); // it is our turn
    if (!this.talk.sound.microphone) this.talk.listen();
    return false;
  }

  /** A frame of the microphone; true when it is not for the live line. */
  hear(pcm) {
    return this.recorder.take(pcm) || this.on;
  }

  /** The big button. */
  tap() {
    return this.recorder.on ? this.sendRecording() : this.record();
  }

  async record() {
    if (this.asking) return; // the browser still asks whether we may
    this.asking = true;
    for (const player of this.root.querySelectorAll("[data-sound]")) player.pause();
    const open = await this.openMicrophone();
    this.asking = false;
    if (!open) return;
    this.talk.notice.hide();
    this.recorder.start();
    this.show("recording");
    this.timer = setInterval(() => this.show("recording"), 200);
  }

  /** Whether there is a microphone to record with, and we are still to do so. */
  async openMicrophone() {
    const { sound } = this.talk;
    try {
      await sound.start();
      if (!sound.microphone) {
        await sound.listen();
        this.ownMicrophone = true;
      }
    } catch (error) {
      const words = this.words[`mic_${error.reason}`] ?? this.words.mic_failed;
      this.talk.notice.show("warn", words);
      this.talk.controls.box.focus();
      return false;
    }
    if (!this.on) {
      this.ownMicrophone = false; // it is the live line's now
      this.talk.showMicrophone();
      return false;
    }
    sound.microphone.mute(false); // who records wants to be heard
    return true;
  }

  stop() {
    clearInterval(this.timer);
    const { sound, muted } = this.talk;
    if (this.ownMicrophone) {
      sound.microphone?.close();
      sound.microphone = null;
      this.ownMicrophone = false;
    }
    sound.microphone?.mute(muted);
    if (this.on) this.show("note");
  }

  sendRecording() {
    const recording = this.recorder.stop();
    this.stop();
    const picture = this.along;
    this.along = null;
    if (recording) this.add({ kind: "voice", picture, ...recording });
    else if (picture) this.add({ kind: "picture", picture });
    else this.talk.notice.show("warn", this.words.note_short);
    if (this.on && LIVE.has(this.behind)) this.talk.show(this.behind);
  }

  cancel() {
    if (!this.recorder.on) return;
    this.recorder.cancel();
    this.along = null;
    this.stop();
  }

  type(text) {
    this.add({ kind: "text", text });
  }

  /** A picture: with what is being recorded or stands typed, else alone. True: it is a note's. */
  showPicture(picture) {
    if (!this.on) return false;
    if (this.recorder.on && !this.along) {
      this.along = picture;
      toast(this.words.note_photo_along);
      return true;
    }
    const text = this.talk.controls.takeText();
    this.add({ kind: text ? "text" : "picture", text, picture });
    return true;
  }

  add(note) {
    const { session } = this.root.dataset;
    this.at = Math.max(Date.now(), (this.at ?? 0) + 1); // their order, also within a moment
    return this.outbox.add({ ...note, id: crypto.randomUUID(), session, at: this.at });
  }

  async post(note) {
    const form = new FormData();
    const { member } = this.root.dataset;
    const fields = { client_id: note.id, member, since: this.talk.thread.last };
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    if (note.again) form.set("again", "1");
    if (note.kind === "text") form.set("text", note.text);
    if (note.kind === "voice") form.set("audio", new Blob([note.sound], WAV), "note.wav");
    if (note.picture) form.set("picture", note.picture, "picture.jpg");
    const signal = AbortSignal.timeout(POST_MS);
    try {
      return await (await post(this.root.dataset.notesUrl, form, { signal })).json();
    } catch (error) {
      error.status ??= 0; // given up, or cut off in the middle: the same note is sent again
      throw error;
    }
  }

  answered(note, answer) {
    this.apply(answer);
    const { state, code, message, reply, picture } = answer.note;
    if (picture && state !== "waiting") this.talk.notice.show("warn", picture.message);
    if (state !== "done") return;
    const side = document.querySelector("[data-side] [data-refetch]");
    if (side) changed(side.dataset.refetch);
    if (code) toast(message, { kind: "danger" });
    const player = reply && this.root.querySelector(`li[data-seq="${reply}"] [data-sound]`);
    // A tap began this page's notes; a browser that wants another leaves the player to the member.
    if (player && this.on && !document.hidden && !this.recorder.on) player.play().catch(() => {});
    this.root.dataset.noteAnswered = note.id;
  }

  /** The thread and the floor, as the server tells them. */
  apply({ thread, floor, person, ended }) {
    this.talk.thread.take(thread);
    this.talk.floor({ floor, name: person });
    this.paint();
    if (ended && !this.talk.ended) this.talk.leave();
    else if (this.on) this.show(this.recorder.on ? "recording" : "note");
  }

  /** Ask what has happened, as long as no socket tells. */
  async news() {
    clearTimeout(this.newsTimer);
    const quiet = ["coach", "guided"].includes(this.root.dataset.floor);
    this.newsTimer = setTimeout(() => this.news(), quiet ? NEWS_MS : NEWS_SOON_MS);
    if (!this.on || document.hidden || this.talk.socket.ready) return;
    try {
      this.apply(await get(`${this.root.dataset.notesUrl}?since=${this.talk.thread.last}`));
    } catch (error) {
      if (error.status === undefined) throw error; // not reached: the next time
    }
  }

  // --- to be seen -----------------------------------------------------------------------------

  show(state) {
    this.root.dataset.notes = state;
    this.find("cancel").hidden = state !== "recording";
    this.find("live").hidden = state === "recording";
    this.talk.stage.note({ state, floor: this.root.dataset.floor });
    const time = this.root.querySelector("[data-notes-time]");
    time.textContent = clock(this.recorder.ms);
  }

  paint() {
    const { notes, stuck } = this.outbox;
    for (const note of notes) this.paintNote(note);
    for (const node of this.root.querySelectorAll(".turn--note")) {
      if (notes.some((note) => note.id === node.dataset.client)) continue;
      if (node.dataset.seq) this.plain(node);
      else node.remove();
    }
    this.find("waiting").hidden = stuck.length === 0;
    const sentence = stuck.length > 0 ? stuckWords(this.words, stuck) : "";
    const line = this.find("count");
    if (line.textContent !== sentence) line.textContent = sentence;
  }

  /** One that has not gone out, in the thread: what it is and how it stands. */
  paintNote(note) {
    const { thread } = this.talk;
    let node = thread.find("client", note.id);
    const stored = Boolean(node?.dataset.seq);
    // Its words stand there already: the answer is under way, unless something holds it up.
    if (stored && !note.held && LIVELY.has(note.state)) return this.plain(node);
    if (stored && !node.dataset.note) this.addStatus(node, note);
    if (!node) {
      const what = {
        text: note.text,
        voice: fill(this.words.note_recorded, { time: clock(note.ms ?? 0) }),
        picture: this.words.note_photo,
      };
      node = thread.pending(note.id, what[note.kind]);
      if (note.picture) this.paintPicture(node, note);
      this.addStatus(node, note);
    }
    if (this.stands(note)) node.querySelector(".picture-card")?.remove();
    const words = waitWords(this.words, note);
    const over = note.state === "failed" || note.state === "ended";
    const text = over || note.state === "signed_out" ? (note.message ?? words) : words;
    node.dataset.note = note.state;
    node.querySelector("[data-note-words]").textContent = text;
    node.querySelector("[data-note-again]").hidden = note.state !== "failed";
    const drop = node.querySelector("[data-note-drop]");
    drop.hidden = (note.state === "sending" && !note.held) || (stored && !over);
    drop.disabled = note.state === "sending";
  }

  addStatus(node, note) {
    node.classList.add("turn--note");
    const template = this.root.querySelector("template[data-note-status]");
    const status = template.content.firstElementChild.cloneNode(true);
    node.querySelector(".turn__body").append(status);
    status.querySelector("[data-note-again]").onclick = () => this.outbox.again(note);
    status.querySelector("[data-note-drop]").onclick = () => this.outbox.drop(note);
  }

  /** It has gone out: a turn like any other. */
  plain(node) {
    node.classList.remove("turn--note");
    delete node.dataset.note;
    node.querySelector(".turn__note")?.remove();
  }

  /** Whether the server's card of this note's photo is in the thread: it needs no copy then. */
  stands(note) {
    return this.talk.thread.find("picture-client", note.id) !== null;
  }

  async paintPicture(node, note) {
    const canvas = await draw(note.picture);
    if (!canvas || this.stands(note)) return;
    const card = document.createElement("figure");
    card.className = "picture-card";
    card.append(canvas);
    node.querySelector(".turn__body").prepend(card);
    this.talk.thread.settleScroll();
  }

  paintLeft() {
    const count = this.left.length;
    this.find("left").hidden = count === 0;
    const words = count === 1 ? this.words.note_left : this.words.notes_left;
    this.find("left-text").textContent = fill(words, { count });
  }

  async sendLeft() {
    const left = this.left.splice(0);
    this.paintLeft();
    await this.enter();
    const { store } = this.outbox;
    const kept = new Set((await store.all()).map((note) => note.id));
    for (const note of left) {
      if (!kept.has(note.id)) continue; // another page has sent it, or thrown it away
      this.add(note); // first: a page that is closed here has it twice rather than not at all
      await store.remove(note.id);
    }
  }

  async dropLeft() {
    for (const note of this.left.splice(0)) await this.outbox.store.remove(note.id);
    this.paintLeft();
  }
}
