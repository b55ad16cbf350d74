// Writes into the page's title how many wait and whether an offer rings, for an expert who looks at
// another tab.

export class DeskTitle {
  constructor(name, page = document) {
    this.name = name;
    this.page = page;
    this.ringing = 0;
    this.waiting = 0;
  }

  /** `count` offers ring. */
  rings(count) {
    this.ringing = count;
    this.paint();
  }

  /** `count` cases wait in the queue. */
  waits(count) {
    this.waiting = count;
    this.paint();
  }

  paint() {
    const count = Math.max(this.ringing, this.waiting);
    const mark = this.ringing > 0 ? "● " : "";
    this.page.title = `${mark}${count > 0 ? `(${count}) ` : ""}${this.name}`;
  }
}
