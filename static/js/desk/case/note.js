// The box for notes between experts. While it is open the composer is not there: nobody can take
// the one for the other.

import { Mentions } from "./mentions.js";
import { MessageBox } from "./message_box.js";

export class NoteBox extends MessageBox {
  /** `draft` keeps what is typed; `sent()` is called after each note. `words` as the composer's. */
  constructor(article, form, { draft, words, sent }) {
    super(form, { told: form.querySelector("[data-note-sent]"), draft, words });
    this.article = article;
    this.opener = article.querySelector("[data-note-open]");
    this.sent = sent;
    this.mentions = new Mentions(form.querySelector("[data-mentions]"), this.box);
    this.opener.addEventListener("click", () => this.toggle(!this.open));
    form.querySelector("[data-note-close]").addEventListener("click", () => this.leave());
  }

  get open() {
    return !this.form.hidden;
  }

  toggle(open) {
    this.form.hidden = !open;
    this.opener.setAttribute("aria-expanded", String(open));
    this.article.toggleAttribute("data-noting", open);
    if (open) this.focus();
    else this.opener.focus();
  }

  leave() {
    this.toggle(false);
  }
}
