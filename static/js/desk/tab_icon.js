// Draws into the tab's icon how many wait, red while an offer rings: a pinned tab shows no title.

const MOST = 9; // more are "9+"

export class TabIcon {
  /** `link` is the page's icon; `url` draws one with a number, `?n=…`. */
  constructor(link, url) {
    this.link = link;
    this.url = url;
    this.plain = link.href;
    this.shown = "";
  }

  show(count, rings) {
    const drawn = `${this.url}?n=${Math.min(count, MOST + 1)}${rings ? "&rings=1" : ""}`;
    const href = count > 0 ? drawn : this.plain;
    if (href === this.shown) return;
    this.shown = href;
    this.link.href = href;
  }
}
