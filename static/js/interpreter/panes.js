// The panes of the two people: each line large in their own language, small in the other.

const SHOWN = 200; // lines; the oldest goes, and the transcript has it
const NEAR_PX = 80; // of the end: whoever reads there follows what comes

export class Panes {
  /** `again(item)` plays a line again; `mayReplay(item)` says whether it can. `words`: sentences. */
  constructor(root, { again, mayReplay, words }) {
    this.again = again;
    this.mayReplay = mayReplay;
    this.sentences = words;
    this.panes = [...root.querySelectorAll("[data-pane]")];
    this.languages = { a: root.dataset.languageA, b: root.dataset.languageB };
    root.addEventListener("click", (event) => {
      const button = event.target.closest("[data-again]");
      if (button) again(Number(button.closest("[data-item]").dataset.item));
    });
  }

  /** The languages were exchanged: from now on each pane has the other one. */
  speak(a, b, names) {
    this.languages = { a, b };
    for (const pane of this.panes) {
      const code = this.languages[pane.dataset.pane];
      pane.dataset.code = code;
      pane.setAttribute("aria-label", names[code] ?? code);
      pane.querySelector("[data-name]").textContent = names[code] ?? code;
    }
  }

  /** A line as it is being said. */
  words({ item, side, original, translation }) {
    const language = this.languages[side];
    const into = this.languages[side === "a" ? "b" : "a"];
    this.show({ item, language, into, original, translation }, null);
  }

  /** A line as it is stored. */
  line(line) {
    this.show(line, line.seq);
  }

  show({ item, language, original, translation, check = false }, seq) {
    for (const pane of this.panes) {
      const own = language === pane.dataset.code;
      const node = this.node(pane, item, seq);
      if (node === null) continue;
      const list = node.parentElement;
      const follows = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PX;
      node.classList.toggle("said-line--own", own);
      node.classList.toggle("said-line--open", seq === null);
      const missing = seq === null ? "…" : this.sentences.no_translation;
      const told = translation || missing;
      node.querySelector("[data-large]").textContent = own ? original : told;
      node.querySelector("[data-small]").textContent = own ? told : original;
      node.querySelector("[data-check]").hidden = !check;
      this.offer(node, item);
      if (follows) list.scrollTop = list.scrollHeight;
    }
  }

  /** The line's node in this pane; null: it is there already as it is stored. */
  node(pane, item, seq) {
    const list = pane.querySelector("[data-lines]");
    const stored = seq === null ? `[data-item="${item}"][data-seq]` : `[data-seq="${seq}"]`;
    if (list.querySelector(stored)) return null;
    let node = list.querySelector(`[data-item="${item}"]:not([data-seq])`);
    if (!node) {
      const blank = pane.querySelector("template[data-line]").content.firstElementChild;
      node = blank.cloneNode(true);
      node.dataset.item = item;
      node.querySelector("[data-large]").lang = pane.dataset.code;
      list.append(node);
      while (list.children.length > SHOWN) list.firstElementChild.remove();
      pane.querySelector("[data-empty]").hidden = true;
    }
    if (seq !== null) node.dataset.seq = seq;
    return node;
  }

  /** Sound of this line has come: it can be played again. */
  offer(node, item) {
    node.querySelector("[data-again]").hidden = !this.mayReplay(item);
  }

  sounded(item) {
    for (const pane of this.panes) {
      for (const node of pane.querySelectorAll(`[data-item="${item}"]`)) this.offer(node, item);
    }
  }
}
