// The box for notes between experts. While it is open the composer is not there: nobody can take
// the one for the other.

import { changeJson } from "../../net/http.js";
import { Composer } from "../../ui/composer.js";
import { Mentions } from "./mentions.js";
import { Outgoing } from "./outgoing.js";

export class NoteBox {
  /** `draft` keeps what is typed; `sent()` is called after each note. `words` as the composer's. */
  constructor(article, { draft, words, sent }) {
    this.article = article;
    this.form = article.querySelector("[data-note-form]");
    this.opener = article.querySelector("[data-note-open]");
    if (!this.form) {
      article.removeAttribute("data-noting");
      return;
    }
    this.words = words;
    this.sent = sent;
    this.box = this.form.querySelector("textarea");
    this.told = this.form.querySelector("[data-note-sent]");
    this.outgoing = new Outgoing();
    this.composer = new Composer(this.box, draft);
    this.mentions = new Mentions(this.form.querySelector("[data-mentions]"), this.box);
    this.opener.addEventListener("click", () => this.toggle(!this.open));
    this.form
      .querySelector("[data-note-close]")
      .addEventListener("click", () => this.toggle(false));
    this.box.addEventListener("input", () => this.composer.busy || this.say(""));
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
  }

  get open() {
    return this.form !== null && !this.form.hidden;
  }

  toggle(open) {
    this.form.hidden = !open;
    this.opener.setAttribute("aria-expanded", String(open));
    this.article.toggleAttribute("data-noting", open);
    if (open) this.focus();
    else this.opener.focus();
  }

  focus() {
    this.box.focus();
    this.box.setSelectionRange(this.box.value.length, this.box.value.length);
  }

  key(event) {
    if (event.key === "Escape") this.toggle(false);
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  }

  async send() {
    if (!this.composer.ready) return;
    this.say(this.words.sending);
    try {
      const answer = await this.composer.send((text) => this.post(text));
      this.say(answer.message);
      this.sent();
    } catch (error) {
      if (error.status === undefined) throw error;
      this.say(`${error.message} ${this.words.unsent}`, "failed");
    }
  }

  async post(text) {
    const data = new FormData(this.form);
    data.set("text", text);
    data.set("client_id", this.outgoing.idFor(text));
    const answer = await changeJson(this.form.action, data);
    this.outgoing.settled();
    return answer;
  }

  say(text, state = "") {
    this.told.textContent = text;
    this.told.dataset.state = state;
  }
}
