// The bar, the type box, the keys. They say what the member wants; the session does it.

import { open } from "../ui/dialog.js";

const LETTERS = { m: "mute", t: "type", "?": "help" };

/** Which wish a key is: letters count only outside of fields, Escape everywhere. Pure. */
export function wish({ key, ctrlKey, metaKey, altKey }, inField) {
  if (ctrlKey || metaKey || altKey) return null;
  if (key === "Escape") return "interrupt";
  return inField ? null : (LETTERS[key.toLowerCase()] ?? null);
}

export class Controls {
  /** `on`: talk, text(words), mute, interrupt, person(reason), end. */
  constructor(root, on) {
    this.root = root;
    this.on = on;
    this.box = root.querySelector("[data-composer] textarea");
    this.muteButton = root.querySelector("[data-mute]");
    this.askDialog = document.getElementById("ask");
    this.endDialog = document.getElementById("end");
    this.helpDialog = document.getElementById("keys");
    this.wire();
  }

  wire() {
    const press = (name, action) =>
      this.root.querySelector(`[data-${name}]`)?.addEventListener("click", action);
    press("talk", () => this.on.talk());
    press("type-instead", () => {
      this.on.typeInstead();
      this.box.focus();
    });
    press("mute", () => this.on.mute());
    press("type", () => this.box.focus());
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

  submit() {
    const text = this.takeText();
    if (text) this.on.text(text);
  }

  /** What stands typed; the box is empty then. */
  takeText() {
    const text = this.box.value.trim();
    this.box.value = "";
    return text;
  }

  key(event) {
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const inField = event.target.closest("input, textarea, select, [contenteditable]") !== null;
    const wanted = wish(event, inField);
    if (!wanted) return;
    if (wanted === "help") this.helpDialog.showModal();
    else if (wanted === "type") this.box.focus();
    else if (wanted === "mute") this.on.mute();
    else if (wanted === "interrupt") this.on.interrupt();
    event.preventDefault();
  }

  async askPerson() {
    if ((await open(this.askDialog)) !== "ask") return;
    const field = this.askDialog.querySelector("[name=reason]");
    this.on.person(field.value.trim());
    field.value = "";
  }

  async askEnd() {
    if ((await open(this.endDialog)) === "end") this.on.end();
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
