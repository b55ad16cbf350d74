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
    this.closed = false;
    this.waitForModel();
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
  }

  /** Something was said or shown: fetch it soon. */
  changed(after = PAUSE_MS) {
    this.timer ||= setTimeout(() => this.fetch(), after);
  }

  async fetch() {
    this.timer = 0;
    try {
      const nodes = parse(await fragment(this.part.dataset.url));
      if (!this.closed) this.put(nodes.childNodes);
    } catch (error) {
      if (!this.closed) this.on.trouble(error);
    }
  }

  /** Draw it anew where it is another one; the focus stays on the line that had it. */
  put(nodes) {
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
