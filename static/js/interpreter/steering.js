// Whose words are translated: by their language, by a lock, or while a button is held.

export class Steering {
  /** `send(message)` to the server; `changed()` after each change. */
  constructor(root, { send, changed }) {
    this.root = root;
    this.send = send;
    this.changed = changed;
    this.lock = "auto";
    this.byButton = false;
    this.held = "";
    this.watch();
    this.paint();
  }

  /** The server has just let this page in: it knows nothing yet. */
  tell() {
    this.send({ type: "direction", lock: this.lock, by_button: this.byButton });
    if (this.held) this.send({ type: "held", side: this.held });
  }

  choose(lock, byButton) {
    this.release();
    this.lock = byButton ? "auto" : lock;
    this.byButton = byButton;
    this.send({ type: "direction", lock: this.lock, by_button: this.byButton });
    this.paint();
  }

  hold(side) {
    if (!this.byButton || this.held === side) return;
    this.held = side;
    this.send({ type: "held", side });
    this.paint();
  }

  release() {
    if (!this.held) return;
    this.held = "";
    this.send({ type: "held", side: "" });
    this.paint();
  }

  paint() {
    const press = (button, on) => button.setAttribute("aria-pressed", String(on));
    for (const button of this.root.querySelectorAll("[data-lock]")) {
      press(button, !this.byButton && button.dataset.lock === this.lock);
    }
    for (const button of this.root.querySelectorAll("[data-by-button]"))
      press(button, this.byButton);
    for (const button of this.root.querySelectorAll("[data-hold]")) {
      button.hidden = !this.byButton;
      press(button, this.held === button.dataset.hold);
    }
    this.changed();
  }

  watch() {
    const { root } = this;
    const button = (event) => event.target.closest?.("[data-hold]");
    root.addEventListener("click", ({ target }) => {
      const lock = target.closest("[data-lock]");
      if (lock) this.choose(lock.dataset.lock, false);
      else if (target.closest("[data-by-button]")) this.choose("auto", !this.byButton);
    });
    root.addEventListener("pointerdown", (event) => {
      if (!button(event)) return;
      event.preventDefault(); // a phone would select the words of the button
      button(event).focus();
      this.hold(button(event).dataset.hold);
    });
    root.addEventListener("contextmenu", (event) => button(event) && event.preventDefault());
    for (const name of ["pointerup", "pointercancel", "blur"]) {
      addEventListener(name, () => this.release());
    }
    root.addEventListener("keydown", (event) => {
      if (event.key !== " " || !button(event)) return;
      event.preventDefault();
      this.hold(button(event).dataset.hold);
    });
    addEventListener("keyup", ({ key }) => key === " " && this.release());
    root.addEventListener("focusout", (event) => button(event) && this.release());
  }
}
