// Notes of earlier talks, which this device still keeps: the member sends them here or drops them.

import { fill } from "../stage/words.js";

export class LeftoverNotes {
  /** `store` keeps them. `on.enter()` turns notes mode on; `on.add(note)` sends one here. */
  constructor(root, { store, words, on }) {
    this.store = store;
    this.words = words;
    this.on = on;
    this.notes = [];
    this.banner = root.querySelector("[data-notes-left]");
    this.line = root.querySelector("[data-notes-left-text]");
    const press = (name, act) => root.querySelector(name).addEventListener("click", act);
    press("[data-notes-left-send]", () => this.send());
    press("[data-notes-left-drop]", () => this.drop());
  }

  show(notes) {
    this.notes = notes;
    this.paint();
  }

  paint() {
    const count = this.notes.length;
    this.banner.hidden = count === 0;
    const words = count === 1 ? this.words.note_left : this.words.notes_left;
    this.line.textContent = fill(words, { count });
  }

  take() {
    const notes = this.notes.splice(0);
    this.paint();
    return notes;
  }

  async send() {
    const notes = this.take();
    await this.on.enter();
    const kept = new Set((await this.store.all()).map((note) => note.id));
    for (const note of notes) {
      if (!kept.has(note.id)) continue; // another page has sent it, or thrown it away
      this.on.add(note); // first: a page that is closed here has it twice rather than not at all
      await this.store.remove(note.id);
    }
  }

  async drop() {
    for (const note of this.notes.splice(0)) await this.store.remove(note.id);
    this.paint();
  }
}
