// Writes into the page's title and its icon how many wait and whether an offer rings, for an expert
// who looks at another tab.

import { TabIcon } from "./tab_icon.js";

/** The title of the page that `root` shows, and its icon. */
export function titleOf({ dataset }) {
  const icon = new TabIcon(document.querySelector("link[rel=icon]"), dataset.icon);
  return new DeskTitle(dataset.title, icon);
}

export class DeskTitle {
  constructor(name, icon, page = document) {
    this.name = name;
    this.icon = icon;
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
    this.icon.show(count, this.ringing > 0);
  }
}
