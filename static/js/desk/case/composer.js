// Sends what the expert types, to the member or privately to the coach.

import { TYPING_EVERY_MS } from "./colleagues.js";
import { Foresight } from "./foresight.js";
import { MessageBox } from "./message_box.js";
import { Replies } from "./replies.js";

// Each of these writes to the member: what is typed outlasts a voice that ends, or a member's leaving.
const TO_MEMBER = ["text", "voice", "message"];

/** The draft that is typed in `mode`. */
export function draftOf(mode) {
  return TO_MEMBER.includes(mode) ? "text" : mode;
}

export class CaseComposer extends MessageBox {
  /** `on.sent(mode)` after each message, `on.typing()`. */
  constructor(form, { mode, draft, words, on }) {
    super(form, { told: form.querySelector("[data-sent]"), draft, words });
    this.mode = mode;
    this.on = on;
    if (form.dataset.foresee) this.foresight = new Foresight(form, this.box);
    const replies = form.querySelector("[data-replies]");
    if (replies) new Replies(replies, this.box);
    this.box.addEventListener("input", () => this.tellTyping());
  }

  /** Have a text in the box, behind what stands there; nothing is sent by that. */
  write(text) {
    if (!this.box.value.includes(text)) {
      this.box.value = [this.box.value.trimEnd(), text].filter((part) => part !== "").join("\n");
      this.box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.focus();
  }

  /** Colleagues who have the case open see that somebody is writing: not at each letter. */
  tellTyping() {
    const at = performance.now();
    if (at - (this.toldAt ?? Number.NEGATIVE_INFINITY) < TYPING_EVERY_MS) return;
    this.toldAt = at;
    this.on.typing();
  }

  leave() {
    this.box.blur();
  }

  more(data) {
    data.set("foreseen", this.foresight?.message ?? "");
  }

  sent() {
    this.foresight?.soon();
    this.on.sent(this.mode);
  }

  /** A refusal says it itself; what would be said aloud is shown, and sent when it was seen. */
  failed(error) {
    const unforeseen = error.code === "unforeseen";
    this.foresight?.show(unforeseen ? { use: "word", message: error.message } : null);
    if (unforeseen) this.say(this.words.unsent, "failed");
    else if (error.unsure || error.code === "not_usable") this.say(error.message, "failed");
    else super.failed(error);
  }
}
