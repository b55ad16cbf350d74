// Notes that have not gone out, as entries of the thread: what each is and how it stands.

import { draw } from "../pictures/file.js";
import { fill, stuckWords, waitWords } from "../stage/words.js";
import { clock } from "./recorder.js";

const LIVELY = new Set(["sending", "waiting"]);

export class NoteEntries {
  /**
   * `thread` has find(), pending() and settleScroll(). `on.again(note)` and `on.drop(note)`: the
   * member asks for it.
   */
  constructor(root, { thread, words, on }) {
    this.root = root;
    this.thread = thread;
    this.words = words;
    this.on = on;
    this.waiting = root.querySelector("[data-notes-waiting]");
    this.count = root.querySelector("[data-notes-count]");
  }

  /** All `notes`; `stuck` are those of them that something holds up. */
  paint(notes, stuck) {
    for (const note of notes) this.paintNote(note);
    for (const node of this.root.querySelectorAll(".turn--note")) {
      if (notes.some((note) => note.id === node.dataset.client)) continue;
      if (node.dataset.seq) plain(node);
      else node.remove();
    }
    this.waiting.hidden = stuck.length === 0;
    const sentence = stuck.length > 0 ? stuckWords(this.words, stuck) : "";
    if (this.count.textContent !== sentence) this.count.textContent = sentence;
  }

  paintNote(note) {
    let node = this.thread.find("client", note.id);
    const stored = Boolean(node?.dataset.seq);
    // Its words stand there already: the answer is under way, unless something holds it up.
    if (stored && !note.held && LIVELY.has(note.state)) {
      plain(node);
      return;
    }
    if (stored && !node.dataset.note) this.addStatus(node, note);
    node ??= this.add(note);
    if (this.pictureStored(note)) node.querySelector(".picture-card")?.remove();
    const over = note.state === "failed" || note.state === "ended";
    node.dataset.note = note.state;
    node.querySelector("[data-note-words]").textContent = this.sentence(note, over);
    node.querySelector("[data-note-again]").hidden = note.state !== "failed";
    const drop = node.querySelector("[data-note-drop]");
    drop.hidden = (note.state === "sending" && !note.held) || (stored && !over);
    drop.disabled = note.state === "sending";
  }

  sentence(note, over) {
    const words = waitWords(this.words, note);
    return over || note.state === "signed_out" ? (note.message ?? words) : words;
  }

  add(note) {
    const what = {
      text: note.text,
      voice: fill(this.words.note_recorded, { time: clock(note.ms ?? 0) }),
      picture: this.words.note_photo,
    };
    const node = this.thread.pending(note.id, what[note.kind]);
    if (note.picture) this.addPicture(node, note);
    this.addStatus(node, note);
    return node;
  }

  addStatus(node, note) {
    node.classList.add("turn--note");
    const template = this.root.querySelector("template[data-note-status]");
    const status = template.content.firstElementChild.cloneNode(true);
    node.querySelector(".turn__body").append(status);
    status.querySelector("[data-note-again]").onclick = () => this.on.again(note);
    status.querySelector("[data-note-drop]").onclick = () => this.on.drop(note);
  }

  /** Whether the server's card of this note's photo is in the thread: it needs no copy then. */
  pictureStored(note) {
    return this.thread.find("picture-client", note.id) !== null;
  }

  async addPicture(node, note) {
    const canvas = await draw(note.picture);
    if (!canvas || this.pictureStored(note)) return;
    const card = document.createElement("figure");
    card.className = "picture-card";
    card.append(canvas);
    node.querySelector(".turn__body").prepend(card);
    this.thread.settleScroll();
  }
}

/** It has gone out: a turn like any other. */
function plain(node) {
  node.classList.remove("turn--note");
  delete node.dataset.note;
  node.querySelector(".turn__note")?.remove();
}
