// Blurs what members said while nobody reads it: the window is not in front, or nothing was moved
// for minutes. A key and a button do it at once. It is for those who look over a shoulder: the words
// are on the page.

const IDLE_MS = 300_000;
const SIGNS = ["pointermove", "pointerdown", "keydown", "wheel"];

export class Veil {
  /**
   * `button` shows whether the words are hidden by hand. `byItself`: also while nobody reads.
   * `page` has hasFocus().
   */
  constructor(root, { button, byItself, page = document, target = globalThis }) {
    this.root = root;
    this.button = button;
    this.byItself = byItself;
    this.page = page;
    this.byHand = false;
    this.idle = false;
    target.addEventListener("blur", () => this.paint());
    target.addEventListener("focus", () => this.active());
    for (const sign of SIGNS) target.addEventListener(sign, () => this.active(), { passive: true });
    this.active();
  }

  /** Hide the words at once, or show them again. */
  toggle() {
    this.byHand = !this.byHand;
    this.paint();
  }

  /** The expert wants it by itself, or not. */
  choose(byItself) {
    this.byItself = byItself;
    this.paint();
  }

  active() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.rest(), IDLE_MS);
    this.idle = false;
    this.paint();
  }

  rest() {
    this.idle = true;
    this.paint();
  }

  paint() {
    const away = this.byItself && (this.idle || !this.page.hasFocus());
    this.root.toggleAttribute("data-veiled", this.byHand || away);
    this.button.setAttribute("aria-pressed", String(this.byHand));
  }
}
