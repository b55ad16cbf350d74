/**
 * What a person types is theirs until it was taken. It is kept over a reload, what is typed while
 * an entry is on its way stays, and what is too long is said to be: nothing is cut.
 *   <textarea data-limit="2000">   so many characters are taken at once
 */
import { tabStorage } from "./device.js";
import { word } from "./words.js";

const PREFIX = "coachline-draft-"; // forgotten at sign-out, as all that a tab keeps
const TOLD_FROM = 0.8; // of the limit: from here on the page counts along

/** A draft of this tab under `name`, which says whose it is and what for. */
export function tabDraft(name, storage = tabStorage()) {
  return {
    read: () => storage?.getItem(PREFIX + name) ?? "",
    write: (text) => {
      try {
        if (text === "") storage?.removeItem(PREFIX + name);
        else storage?.setItem(PREFIX + name, text);
      } catch (error) {
        if (error.name !== "QuotaExceededError") throw error; // the page has it while it is open
      }
    },
  };
}

/** What stands in the box once `sent` was taken, of which `rest` comes back. */
export function leftOf(now, sent, rest = "") {
  if (!now.startsWith(sent)) return now; // it is another text by now
  const more = now.slice(sent.length).trimStart();
  return [rest, more].filter((text) => text !== "").join(" ");
}

/** Characters as people count them, and as the server does. */
export function lengthOf(text) {
  return [...text.trim().replaceAll("\r\n", "\n")].length;
}

/** How much `field` is over its limit: by its own words, and no form goes without them. */
export function judge(field) {
  const over = lengthOf(field.value) - Number(field.dataset.limit);
  field.setCustomValidity(over > 0 ? tooLong(over) : "");
  field.setAttribute("aria-invalid", String(over > 0));
  return over;
}

const tooLong = (over) => word("too_long").replace("{n}", over);

export class Composer {
  /** `box` is the field; `draft` has read() and write(text). */
  constructor(box, draft) {
    this.box = box;
    this.draft = draft;
    this.limit = Number(box.dataset.limit);
    this.busy = false; // something of the box is on its way
    this.counter = null;
    if (box.value === "") box.value = draft.read();
    box.addEventListener("input", () => this.changed());
    this.changed();
  }

  get text() {
    return this.box.value.trim();
  }

  get over() {
    return lengthOf(this.box.value) - this.limit;
  }

  /** Whether there is something to send. What is too long is not, and the page says by how much. */
  get ready() {
    if (this.busy || this.text === "") return false;
    if (this.over <= 0) return true;
    this.box.focus();
    return false;
  }

  /** Take the text at once, for whoever keeps it from now on; "" when there is nothing to take. */
  take() {
    if (!this.ready) return "";
    const { text } = this;
    this.set("");
    return text;
  }

  /**
   * Hand the text to `deliver(text)`, and keep it until that has succeeded; answers with what it
   * answered. `{rest}` in the answer is what was not taken of it. `sent` is what stood in the box
   * when this was first tried: by now it may be another text.
   */
  async send(deliver, sent = this.box.value) {
    const first = sent === this.box.value;
    if (first ? !this.ready : this.busy) return undefined;
    this.busy = true;
    try {
      const answer = await deliver(sent.trim());
      this.set(leftOf(this.box.value, sent, answer?.rest));
      return answer;
    } finally {
      this.busy = false;
    }
  }

  set(text) {
    this.box.value = text;
    this.changed();
  }

  changed() {
    this.draft.write(this.box.value);
    const over = judge(this.box);
    const told = over > (TOLD_FROM - 1) * this.limit;
    const sentence = over > 0 ? tooLong(over) : word("room_left").replace("{n}", -over);
    if (told || this.counter) this.count(told ? sentence : "", over > 0);
  }

  count(sentence, wrong) {
    if (this.counter === null) {
      this.counter = document.createElement("p");
      this.counter.className = "field__count";
      this.counter.setAttribute("role", "status");
      (this.box.closest(".field-box") ?? this.box).after(this.counter);
    }
    this.counter.textContent = sentence;
    this.counter.classList.toggle("field__count--over", wrong);
  }
}
