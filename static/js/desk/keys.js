// Everything by keyboard. Keys mean nothing to the desk while somebody types or a dialog is open.

const FIELDS = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

export class Keys {
  constructor(desk) {
    this.desk = desk;
    this.help = desk.root.querySelector("#desk-keys");
    addEventListener("keydown", (event) => this.down(event));
  }

  down(event) {
    if (!event.key || event.ctrlKey || event.metaKey || event.altKey) return;
    if (this.desk.offers.key(event)) {
      event.preventDefault();
      return;
    }
    if (event.target.closest?.(FIELDS) || document.querySelector("dialog[open]")) return;
    if (this.act(event.key)) event.preventDefault();
  }

  /** Answers whether the key meant something. */
  act(key) {
    const name = key.toLowerCase();
    if (name === "j" || name === "k") {
      const pk = this.desk.queue.neighbour(name === "j" ? 1 : -1);
      if (pk !== null) this.desk.open(pk);
      return true;
    }
    if (name === "?") {
      this.help.showModal();
      return true;
    }
    const button = this.desk.case.article?.querySelector(`[data-key="${CSS.escape(name)}"]`);
    if (!button || button.disabled) return false;
    // The mode one is in already: its key leads to the box.
    if (button.getAttribute("aria-pressed") === "true") this.desk.case.composer.focus();
    else button.click();
    return true;
  }
}
