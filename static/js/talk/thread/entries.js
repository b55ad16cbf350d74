// The list of the thread: numbered entries in their order, live ones beneath them. The markup is
// the server's; words are only ever set as text.

import { paintTimes } from "../../ui/times.js";

export class Entries {
  constructor(root, list) {
    this.list = list;
    this.blanks = new Map();
    for (const template of root.querySelectorAll("template[data-turn]")) {
      this.blanks.set(template.dataset.turn, template.content.firstElementChild);
    }
  }

  /** An empty entry of `speaker`, not in the list yet. */
  blank(speaker) {
    return this.blanks.get(speaker).cloneNode(true);
  }

  find(key, value) {
    return this.list.querySelector(`[data-${key}="${CSS.escape(value)}"]`);
  }

  all(selector) {
    return [...this.list.querySelectorAll(selector)];
  }

  append(node) {
    this.list.append(node);
  }

  /** Put a numbered entry where it belongs, and take away what stood for it. */
  place(node) {
    paintTimes(node);
    for (const key of ["seq", "item", "client"]) {
      const old = node.dataset[key] ? this.find(key, node.dataset[key]) : null;
      if (old && old !== node) this.replaced(old, node);
    }
    const seq = Number(node.dataset.seq);
    const next = [...this.list.children].find(
      (other) => !other.dataset.seq || Number(other.dataset.seq) > seq,
    );
    this.list.insertBefore(node, next ?? null);
  }

  replaced(old, node) {
    const kept = old.contains(document.activeElement) ? document.activeElement.id : "";
    old.remove();
    if (kept) queueMicrotask(() => node.querySelector(`#${CSS.escape(kept)}`)?.focus());
  }
}

/** Set the words of a part of an entry, if it has that part. */
export function setText(node, selector, text) {
  const target = node.querySelector(selector);
  if (target) target.textContent = text;
}
