// Keeps the statements about the talk so far in step with it: lines that come are fetched together.

import { fragment, parse } from "../../net/http.js";

const PAUSE_MS = 4000; // lines that come within are one fetch
const WRITTEN_MS = 5000; // until a look whether the language model has answered

export class TalkSummary {
  /** `part` holds it, and its address; `on.drawn()` after each change, `on.trouble(error)`. */
  constructor(part, { on }) {
    this.part = part;
    this.on = on;
    this.html = part.innerHTML.trim(); // as the server drew it
    this.timer = 0;
    this.begun = 0; // of fetches, also those of the whole case
    this.shown = 0; // which of them stands here
    this.waitForModel();
  }

  close() {
    this.shown = Number.POSITIVE_INFINITY;
    clearTimeout(this.timer);
  }

  /** A fetch that has it begins; answers with what `put` is told of it. */
  begin() {
    this.begun += 1;
    return this.begun;
  }

  /** Something was said or shown: fetch it soon. */
  changed(after = PAUSE_MS) {
    this.timer ||= setTimeout(() => this.fetch(), after);
  }

  async fetch() {
    this.timer = 0;
    const round = this.begin();
    try {
      const nodes = parse(await fragment(this.part.dataset.url));
      this.put(nodes.childNodes, round);
    } catch (error) {
      if (round > this.shown) this.on.trouble(error);
    }
  }

  /**
   * Draw it anew where it is another one, and no answer to a later fetch; the focus stays on the line
   * that had it.
   */
  put(nodes, round) {
    if (round < this.shown) return;
    this.shown = round;
    const box = document.createElement("div");
    box.append(...nodes);
    const html = box.innerHTML.trim();
    if (html !== this.html) {
      this.html = html;
      const line = this.part.contains(document.activeElement)
        ? document.activeElement.dataset.goLine
        : undefined;
      this.part.replaceChildren(...box.childNodes);
      if (line) this.part.querySelector(`[data-go-line="${CSS.escape(line)}"]`)?.focus();
      this.on.drawn();
    }
    this.waitForModel();
  }

  waitForModel() {
    if (this.part.querySelector("[data-unfinished]")) this.changed(WRITTEN_MS);
  }
}
