// Shows one banner on the stage: what happened, what it means and what to do.

export class Notice {
  constructor(node) {
    this.node = node;
    this.text = node.querySelector("[data-notice-text]");
    node.querySelector("[data-notice-close]").addEventListener("click", () => this.hide());
  }

  /** `kind`: info, warn, danger or person (a banner's colours). */
  show(kind, text) {
    this.kind = kind;
    this.node.className = `banner banner--${kind} talk__notice`;
    this.node.setAttribute("role", kind === "danger" ? "alert" : "status");
    if (this.text.textContent !== text) this.text.textContent = text;
    this.node.hidden = false;
  }

  /** Take this very sentence away, if it is the one that stands. */
  take(text) {
    if (this.text.textContent === text) this.hide();
  }

  /** Take it away; with a `kind`, only when it is of that kind. */
  hide(kind = this.kind) {
    if (kind === this.kind) this.node.hidden = true;
  }
}
