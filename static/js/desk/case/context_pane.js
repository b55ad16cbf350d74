// The context of the open case: beside the thread, or drawn over it where there is no room.

export class ContextPane {
  constructor(section) {
    this.section = section;
  }

  get article() {
    return this.section.querySelector("[data-case-view]");
  }

  toggle() {
    if (!this.article) return;
    this.article.toggleAttribute("data-context");
    this.mark();
  }

  /** After the head was drawn anew: its button tells whether the context is open. */
  mark() {
    const open = this.article.hasAttribute("data-context");
    this.section.querySelector("[data-context-toggle]")?.setAttribute("aria-expanded", open);
  }

  /** Where it is drawn over the thread, it makes room. */
  uncover() {
    const context = this.section.querySelector("#case-context");
    if (getComputedStyle(context).position !== "absolute") return;
    this.article.removeAttribute("data-context");
    this.mark();
  }
}
