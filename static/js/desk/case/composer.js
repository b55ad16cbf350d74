// Sends what the expert types, to the member or privately to the coach. What is typed is kept as a
// draft until the server has it.

import { changeJson } from "../../net/http.js";
import { Composer } from "../../ui/composer.js";
import { TYPING_EVERY_MS } from "./colleagues.js";
import { Foresight } from "./foresight.js";
import { Outgoing } from "./outgoing.js";
import { Replies } from "./replies.js";

// Each of these writes to the member: what is typed outlasts a voice that ends, or a member's leaving.
const TO_MEMBER = ["text", "voice", "message"];

/** The draft that is typed in `mode`. */
export function draftOf(mode) {
  return TO_MEMBER.includes(mode) ? "text" : mode;
}

export class CaseComposer {
  /** `part` holds the form, if there is one; `on.sent(mode)` after each message, `on.typing()`. */
  constructor(part, { pk, drafts, words, on }) {
    this.mode = part.dataset.composerMode;
    this.form = part.querySelector("form[data-composer]");
    if (!this.form) return;
    this.box = this.form.querySelector("textarea");
    this.note = this.form.querySelector("[data-sent]");
    this.words = words;
    this.on = on;
    this.outgoing = new Outgoing();
    this.composer = new Composer(this.box, drafts.of(pk, draftOf(this.mode)));
    if (this.form.dataset.foresee) this.foresight = new Foresight(this.form, this.box);
    const replies = this.form.querySelector("[data-replies]");
    if (replies) new Replies(replies, this.box);
    this.box.addEventListener("input", () => this.composer.busy || this.say(""));
    this.box.addEventListener("input", () => this.tellTyping());
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

  /** Have a text in the box, behind what stands there; nothing is sent by that. */
  write(text) {
    if (!this.box || this.box.value.includes(text)) {
      this.focus();
      return;
    }
    this.box.value = [this.box.value.trimEnd(), text].filter((part) => part !== "").join("\n");
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
    this.focus();
  }

  /** Colleagues who have the case open see that somebody is writing: not at each letter. */
  tellTyping() {
    const at = performance.now();
    if (at - (this.toldAt ?? Number.NEGATIVE_INFINITY) < TYPING_EVERY_MS) return;
    this.toldAt = at;
    this.on.typing();
  }

  key(event) {
    if (event.key === "Escape") this.box.blur();
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
      this.foresight?.soon();
      this.on.sent(this.mode);
    } catch (error) {
      if (error.status === undefined) throw error;
      // A refusal says it itself; what would be said aloud is shown, and sent when it was seen.
      const unforeseen = error.code === "unforeseen";
      this.foresight?.show(unforeseen ? { use: "word", message: error.message } : null);
      if (unforeseen) {
        this.say(this.words.unsent, "failed");
        return;
      }
      const final = error.unsure || error.code === "not_usable";
      this.say(final ? error.message : `${error.message} ${this.words.unsent}`, "failed");
    }
  }

  async post(text) {
    const data = new FormData(this.form);
    data.set("text", text);
    data.set("client_id", this.outgoing.idFor(text));
    data.set("foreseen", this.foresight?.message ?? "");
    const answer = await changeJson(this.form.action, data);
    this.outgoing.settled();
    return answer;
  }

  say(text, state = "") {
    this.note.textContent = text;
    this.note.dataset.state = state;
  }
}
