// The buttons of notes mode, and the time of the recording on the talk button.

import { clock } from "./recorder.js";

export class NotesBar {
  /** `on.begin()`, `on.live()` and `on.cancel()`: the member pressed it. */
  constructor(root, on) {
    this.root = root;
    const part = (name) => root.querySelector(`[data-notes-${name}]`);
    this.cancel = part("cancel");
    this.live = part("live");
    this.time = part("time");
    part("begin").addEventListener("click", () => on.begin());
    this.live.addEventListener("click", () => on.live());
    this.cancel.addEventListener("click", () => on.cancel());
  }

  /** `state` is "note" or "recording", of which `ms` are recorded. */
  show(state, ms) {
    this.root.dataset.notes = state;
    this.cancel.hidden = state !== "recording";
    this.live.hidden = state === "recording";
    this.time.textContent = clock(ms);
  }

  /** Notes mode is over. */
  leave() {
    delete this.root.dataset.notes;
  }
}
