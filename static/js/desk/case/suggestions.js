// A list beneath a box that letters narrow: arrows choose, Enter or a press takes, Escape closes.

/** What lists has `fits()`, the options for what is typed, in order, and `insert(option)`. */
export class Suggestions {
  /** `list` is the listbox of `options`, `box` the field. */
  constructor(list, box, options) {
    this.list = list;
    this.box = box;
    this.options = options;
    this.at = 0;
    this.shown = [];
    box.addEventListener("input", () => this.look());
    box.addEventListener("blur", () => this.close());
    // Before the composer hears of the key: Enter inserts, and does not send.
    box.addEventListener("keydown", (event) => this.key(event), { capture: true });
    // Not "click": the box would lose the focus first, and the list would be gone.
    list.addEventListener("pointerdown", (event) => {
      const option = this.options.find((one) => one.contains(event.target));
      event.preventDefault();
      if (option) this.take(option);
    });
  }

  look() {
    this.shown = this.fits();
    this.at = 0;
    for (const option of this.options) option.hidden = !this.shown.includes(option);
    this.list.append(...this.shown);
    this.list.hidden = this.shown.length === 0;
    this.mark();
  }

  close() {
    this.shown = [];
    this.list.hidden = true;
    this.mark();
  }

  mark() {
    for (const [place, option] of this.shown.entries()) {
      option.setAttribute("aria-selected", String(place === this.at));
    }
    const chosen = this.shown[this.at];
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) this.box.setAttribute("aria-activedescendant", chosen.id);
    else this.box.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const { length } = this.shown;
    if (length === 0 || event.isComposing) return;
    if (event.key === "ArrowDown") this.at = (this.at + 1) % length;
    else if (event.key === "ArrowUp") this.at = (this.at + length - 1) % length;
    else if (event.key === "Enter" || event.key === "Tab") this.take(this.shown[this.at]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.mark();
  }

  take(option) {
    this.insert(option);
    this.close();
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
