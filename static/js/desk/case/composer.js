// Sends what the expert types, to the member or privately to the coach. What is typed is kept as a
// draft until the server has it.

import { post } from "../../net/http.js";
import { Outgoing } from "./outgoing.js";

export class Composer {
  /** `part` holds the form, if there is one; `on.sent(mode)` after each message. */
  constructor(part, { pk, drafts, words, on }) {
    this.mode = part.dataset.composerMode;
    this.form = part.querySelector("form[data-composer]");
    if (!this.form) return;
    this.box = this.form.querySelector("textarea");
    this.note = this.form.querySelector("[data-sent]");
    this.pk = pk;
    this.drafts = drafts;
    this.words = words;
    this.on = on;
    this.outgoing = new Outgoing();
    this.box.value ||= drafts.read(pk, this.mode);
    this.box.addEventListener("input", () => this.typed());
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
  }

  focus() {
    this.box?.focus();
    this.box?.setSelectionRange(this.box.value.length, this.box.value.length);
  }

  typed() {
    this.drafts.write(this.pk, this.mode, this.box.value);
    if (!this.busy) this.say("");
  }

  key(event) {
    if (event.key === "Escape") this.box.blur();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  }

  async send() {
    const text = this.box.value.trim();
    if (text === "" || this.busy) return;
    const data = new FormData(this.form);
    data.set("text", text);
    data.set("client_id", this.outgoing.idFor(text));
    this.busy = true;
    this.say(this.words.sending);
    try {
      const answer = await (await post(this.form.action, data)).json();
      this.outgoing.settled();
      // What was typed meanwhile stays in the box.
      if (this.box.value.trim() === text) this.box.value = "";
      this.drafts.write(this.pk, this.mode, this.box.value);
      this.say(answer.message ?? this.words.sent);
      this.on.sent(this.mode);
    } catch (error) {
      this.say(`${error.message} ${this.words.unsent}`, "failed");
    } finally {
      this.busy = false;
    }
  }

  say(text, state = "") {
    this.note.textContent = text;
    this.note.dataset.state = state;
  }
}
