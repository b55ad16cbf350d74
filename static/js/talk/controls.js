// The bar of buttons, the type box and the keys: what the member presses becomes an action.

import { Composer, tabDraft } from "../ui/composer.js";
import { open } from "../ui/dialog.js";

const LETTERS = { m: "mute", t: "type", "?": "help" };

/** What a key stands for: letters count only outside of fields, Escape everywhere. Pure. */
export function shortcut({ key, ctrlKey, metaKey, altKey }, inField) {
  if (ctrlKey || metaKey || altKey) return null;
  if (key === "Escape") return "interrupt";
  return inField ? null : (LETTERS[key.toLowerCase()] ?? null);
}

export class Controls {
  /** `actions`: talk, typeInstead, text(words), mute, interrupt, askPerson(reason), end. */
  constructor(root, actions) {
    this.root = root;
    this.actions = actions;
    const { member, session } = root.dataset;
    this.box = root.querySelector("[data-composer] textarea");
    this.composer = new Composer(this.box, tabDraft(`talk-${member}-${session}`));
    this.muteButton = root.querySelector("[data-mute]");
    this.askDialog = document.getElementById("ask");
    const reason = this.askDialog.querySelector("[name=reason]");
    this.reason = new Composer(reason, tabDraft(`reason-${member}-${session}`));
    this.endDialog = document.getElementById("end");
    this.helpDialog = document.getElementById("keys");
    this.wire();
  }

  wire() {
    const press = (name, action) =>
      this.root.querySelector(`[data-${name}]`)?.addEventListener("click", action);
    press("talk", () => this.actions.talk());
    press("type-instead", () => {
      this.actions.typeInstead();
      this.focus();
    });
    press("mute", () => this.actions.mute());
    press("type", () => this.focus());
    press("person", () => this.askPerson());
    press("end", () => this.askEnd());
    const composer = this.root.querySelector("[data-composer]");
    composer.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.submit();
    });
    document.addEventListener("keydown", (event) => this.key(event));
  }

  focus() {
    this.box.focus();
  }

  submit() {
    const text = this.takeText();
    if (text) this.actions.text(text);
  }

  /** What stands in the box, which is empty afterwards; whoever takes it keeps it. */
  takeText() {
    return this.composer.take();
  }

  key(event) {
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const inField = event.target.closest("input, textarea, select, [contenteditable]") !== null;
    const wanted = shortcut(event, inField);
    if (!wanted) return;
    if (wanted === "help") this.helpDialog.showModal();
    else if (wanted === "type") this.focus();
    else if (wanted === "mute") this.actions.mute();
    else if (wanted === "interrupt") this.actions.interrupt();
    event.preventDefault();
  }

  async askPerson() {
    if ((await open(this.askDialog)) !== "ask") return;
    const asked = await this.actions.askPerson(this.reason.text);
    if (asked) this.reason.set("");
  }

  async askEnd() {
    if ((await open(this.endDialog)) === "end") this.actions.end();
  }

  /** Show the microphone as it is: "none", "on" or "muted". */
  showMicrophone(state) {
    this.muteButton.dataset.mic = state;
    this.muteButton.setAttribute("aria-pressed", String(state === "muted"));
    for (const label of this.muteButton.querySelectorAll("[data-when-mic]")) {
      label.hidden = label.dataset.whenMic !== state;
    }
  }

  /** The level of the microphone, 0..1, on its button. */
  showLevel(level) {
    this.muteButton.style.setProperty("--level", level.toFixed(2));
  }
}
