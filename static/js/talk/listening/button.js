// Push to talk: the member holds the talk button or the space bar; a tap keeps it open.

import { Hold } from "./gate.js";

// In these the space bar means something else.
const HAS_SPACE = "input, textarea, select, button, a, summary, [contenteditable], dialog[open]";

export class TalkButton {
  /** `on.active()`: holding means something now. `on.down()` and `on.up()` as of Hold. */
  constructor(button, on) {
    this.button = button;
    this.on = on;
    this.space = false;
    this.hold = new Hold({
      down: () => on.down(),
      up: () => on.up(),
    });
    this.wire();
  }

  get locked() {
    return this.hold.state === "locked";
  }

  wire() {
    const { button } = this;
    button.addEventListener("pointerdown", (event) => this.pointerDown(event));
    for (const type of ["pointerup", "pointercancel"]) {
      button.addEventListener(type, () => this.lift());
    }
    button.addEventListener("contextmenu", (event) => this.on.active() && event.preventDefault());
    button.addEventListener("click", (event) => this.click(event));
    document.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("keyup", (event) => this.keyUp(event));
    // The page is out of sight, and no event will tell that the button is let go.
    addEventListener("blur", () => this.release());
    addEventListener("pagehide", () => this.release());
    document.addEventListener("visibilitychange", () => document.hidden && this.release());
  }

  pointerDown(event) {
    if (event.button !== 0 || !this.on.active()) return;
    this.button.setPointerCapture(event.pointerId);
    this.press();
  }

  /** A click that no pointer and no key made: a screen reader's. */
  click(event) {
    if (event.detail === 0 && this.on.active()) this.change((now) => this.hold.tap(now));
  }

  key(event) {
    if (!this.on.active() || event.ctrlKey || event.metaKey || event.altKey) return;
    const onButton = event.target === this.button && [" ", "Enter"].includes(event.key);
    const anywhere = event.key === " " && !event.target.closest(HAS_SPACE);
    if (!onButton && !anywhere) return;
    if (document.querySelector("dialog[open]")) return;
    event.preventDefault();
    if (event.repeat || this.space) return;
    this.space = true;
    this.press();
  }

  keyUp(event) {
    if (!this.space || ![" ", "Enter"].includes(event.key)) return;
    event.preventDefault();
    this.space = false;
    this.lift();
  }

  press() {
    this.change((now) => this.hold.press(now));
  }

  lift() {
    this.change((now) => this.hold.lift(now));
  }

  tick() {
    this.change((now) => this.hold.tick(now));
  }

  release() {
    this.space = false;
    this.change(() => this.hold.release());
  }

  change(step) {
    const before = this.hold.state;
    step(performance.now());
    if (this.hold.state !== before) this.on.changed();
  }
}
