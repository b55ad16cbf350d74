// Ready sentences: "/" in an empty box lists them, letters narrow the list, Enter inserts one.

const ASKED = /^\/(\S*)$/;

/** Which replies a text asks for: `replies` are {key, title}; null where it asks for none. */
export function asked(text, replies) {
  const found = ASKED.exec(text);
  if (!found) return null;
  const word = found[1].toLowerCase();
  const starts = ({ key, title }) => key.startsWith(word) || title.toLowerCase().startsWith(word);
  const holds = ({ key, title }) => key.includes(word) || title.toLowerCase().includes(word);
  const first = replies.filter(starts);
  return [...first, ...replies.filter((one) => holds(one) && !first.includes(one))];
}

export class Replies {
  /** `list` is the listbox, `box` the field it inserts into. */
  constructor(list, box) {
    this.list = list;
    this.box = box;
    this.at = 0;
    this.shown = [];
    this.all = [...list.querySelectorAll("[data-key-word]")].map((node) => ({
      key: node.dataset.keyWord,
      title: node.dataset.title,
      node,
    }));
    box.addEventListener("input", () => this.look());
    box.addEventListener("blur", () => this.close());
    // Before the composer hears of the key: Enter inserts, and does not send.
    box.addEventListener("keydown", (event) => this.key(event), { capture: true });
    // Not "click": the box would lose the focus first, and the list would be gone.
    list.addEventListener("pointerdown", (event) => {
      const option = event.target.closest("[data-key-word]");
      event.preventDefault();
      if (option) this.insert(option);
    });
  }

  get open() {
    return this.shown.length > 0;
  }

  look() {
    const found = asked(this.box.value, this.all);
    this.shown = found ?? [];
    this.at = 0;
    for (const { node } of this.all) node.hidden = true;
    for (const { node } of this.shown) {
      node.hidden = false;
      this.list.append(node);
    }
    this.list.hidden = !this.open;
    this.mark();
  }

  close() {
    this.shown = [];
    this.list.hidden = true;
    this.mark();
  }

  mark() {
    this.shown.forEach(({ node }, place) => {
      node.setAttribute("aria-selected", String(place === this.at));
    });
    const chosen = this.shown[this.at]?.node;
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) this.box.setAttribute("aria-activedescendant", chosen.id);
    else this.box.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (!this.open || event.isComposing) return;
    const { length } = this.shown;
    if (event.key === "ArrowDown") this.at = (this.at + 1) % length;
    else if (event.key === "ArrowUp") this.at = (this.at + length - 1) % length;
    else if (event.key === "Enter" || event.key === "Tab") this.insert(this.shown[this.at].node);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.mark();
  }

  insert(option) {
    this.box.value = option.dataset.text;
    this.close();
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
