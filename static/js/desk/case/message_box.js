// A box whose text its form sends: once, however often it is tried, and kept until the server has it.

import { changeJson } from "../../net/http.js";
import { Composer } from "../../ui/composer.js";
import { Outgoing } from "./outgoing.js";

/** A box has `leave()`, for Escape, and `sent()`, after each message; it may have `more(data)`. */
export class MessageBox {
  /** `told` is where the form says what becomes of a text; `draft` keeps what is typed. */
  constructor(form, { told, draft, words }) {
    this.form = form;
    this.told = told;
    this.words = words;
    this.box = form.querySelector("textarea");
    this.outgoing = new Outgoing();
    this.composer = new Composer(this.box, draft);
    this.box.addEventListener("input", () => this.composer.busy || this.say(""));
    this.box.addEventListener("keydown", (event) => this.key(event));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
  }

  focus() {
    this.box.focus();
    this.box.setSelectionRange(this.box.value.length, this.box.value.length);
  }

  key(event) {
    if (event.key === "Escape") this.leave();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  }

  async send() {
    if (!this.composer.ready) return;
    this.say(this.words.sending);
    try {
      const answer = await this.composer.send((text) => this.post(text));
      this.say(answer.message ?? this.words.sent);
      this.sent();
    } catch (error) {
      if (error.status === undefined) throw error;
      this.failed(error);
    }
  }

  async post(text) {
    const data = new FormData(this.form);
    data.set("text", text);
    data.set("client_id", this.outgoing.idFor(text));
    this.more(data);
    const answer = await changeJson(this.form.action, data);
    this.outgoing.settled();
    return answer;
  }

  more() {}

  failed(error) {
    this.say(`${error.message} ${this.words.unsent}`, "failed");
  }

  say(text, state = "") {
    this.told.textContent = text;
    this.told.dataset.state = state;
  }
}
