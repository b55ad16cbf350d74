// Shows what would become of guidance while it is typed, so that nobody is surprised by it.

import { changeJson } from "../../net/http.js";

const PAUSE_MS = 350;

export class Foresight {
  /** `form` has `data-foresee`, the address that tells; `box` holds the text. */
  constructor(form, box, { pause = PAUSE_MS, ask = changeJson } = {}) {
    this.url = form.dataset.foresee;
    this.form = form;
    this.box = box;
    this.place = form.querySelector("[data-foreseen]");
    this.pause = pause;
    this.ask = ask;
    this.timer = 0;
    this.round = 0;
    if (!this.url) return;
    box.addEventListener("input", () => this.soon());
    this.soon();
  }

  soon() {
    clearTimeout(this.timer);
    this.round += 1;
    if (this.box.value.trim() === "") {
      this.show(null);
      return;
    }
    this.timer = setTimeout(() => this.look(), this.pause);
  }

  async look() {
    const { round } = this;
    const data = new FormData(this.form);
    data.set("text", this.box.value);
    try {
      const answer = await this.ask(this.url, data);
      if (round === this.round) this.show(answer);
    } catch (error) {
      if (error.status === undefined) throw error;
      if (round === this.round) this.show(null);
    }
  }

  /** What the expert has read of the very text that is in the box, or "". */
  get message() {
    return this.shownFor === this.box.value ? this.place.textContent : "";
  }

  /** `answer` is what becomes of the text in the box; null: nothing is told. */
  show(answer) {
    this.shownFor = this.box.value;
    this.place.hidden = answer === null;
    this.place.textContent = answer?.message ?? "";
    this.place.dataset.use = answer?.use ?? "";
  }
}
