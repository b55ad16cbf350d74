// Colleagues in a note: «@» lists them, letters narrow the list, Enter writes the name.

const ASKED = /(?:^|\s)@(\p{L}[\p{L}\p{M}.'’-]*)?$/u;

/** The letters behind the «@» before the caret; null where no colleague is being named. */
export function asked(before) {
  const found = ASKED.exec(before);
  return found ? (found[1] ?? "").toLowerCase() : null;
}

export class Mentions {
  /** `list` is the listbox, `box` the field it writes into. */
  constructor(list, box) {
    this.list = list;
    this.box = box;
    this.at = 0;
    this.shown = [];
    this.all = [...list.querySelectorAll("[data-mention]")];
    box.addEventListener("input", () => this.look());
    box.addEventListener("blur", () => this.close());
    // Before the box hears of the key: Enter writes a name, and does not send.
    box.addEventListener("keydown", (event) => this.key(event), { capture: true });
    // Not "click": the box would lose the focus first, and the list would be gone.
    list.addEventListener("pointerdown", (event) => {
      const option = event.target.closest("[data-mention]");
      event.preventDefault();
      if (option) this.insert(option);
    });
  }

  get before() {
    return this.box.value.slice(0, this.box.selectionStart);
  }

  look() {
    const letters = asked(this.before);
    const fits = ({ dataset }) =>
      dataset.mention
        .toLowerCase()
        .split(/\s+/)
        .some((word) => word.startsWith(letters));
    this.shown = letters === null ? [] : this.all.filter(fits);
    this.at = 0;
    for (const node of this.all) node.hidden = !this.shown.includes(node);
    this.list.hidden = this.shown.length === 0;
    this.mark();
  }

  close() {
    this.shown = [];
    this.list.hidden = true;
    this.mark();
  }

  mark() {
    for (const [place, node] of this.shown.entries()) {
      node.setAttribute("aria-selected", String(place === this.at));
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
    else if (event.key === "Enter" || event.key === "Tab") this.insert(this.shown[this.at]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.mark();
  }

  insert(option) {
    const { before } = this;
    const rest = this.box.value.slice(before.length);
    const until = before.lastIndexOf("@");
    const named = `${before.slice(0, until)}@${option.dataset.mention} `;
    this.box.value = named + rest;
    this.box.setSelectionRange(named.length, named.length);
    this.close();
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
