// Rows that are fetched again when something changed, and wait while somebody points at them.

import { fragment, parse } from "../../net/http.js";
import { sync } from "../clock.js";
import { Hold } from "./hold.js";

const CROSSING_MS = 400;
const PAUSE_MS = 150; // several events of one change are one fetch
const EACH_MS = 10; // all desks are told at once: they ask within so long for each, and rest twice that

/** What shows them has `put(nodes, force)`, which hands rows to `take`; `apply(rows)`; `idsOf(rows)`. */
export class FetchedRows {
  /**
   * `head` tells the moment, how many wait and how many desks are open. `on.shown()` after each
   * painting; `on.answered()` and `on.trouble(error)` after a request.
   */
  constructor(rows, { url, head, pill, words, on }) {
    this.rows = rows;
    this.url = url;
    this.pill = pill;
    this.words = words;
    this.on = on;
    this.round = 0;
    this.fetchedAt = Number.NEGATIVE_INFINITY;
    this.hold = new Hold({
      apply: (fresh) => this.apply(fresh),
      fresh: (count) => this.showPill(count),
      shown: this.idsOf(rows),
    });
    this.read(head);
    for (const kind of ["pointerenter", "pointermove", "focusin"]) {
      rows.addEventListener(kind, () => this.hold.hold());
    }
    for (const place of [rows, pill]) {
      place.addEventListener("pointerleave", () => setTimeout(() => this.leave(), CROSSING_MS));
    }
    rows.addEventListener("focusout", () => setTimeout(() => this.leave()));
    pill.addEventListener("click", () => this.hold.flush());
  }

  /** Let go once neither pointer nor keyboard is in the rows, nor on the way to the pill. */
  leave() {
    if (this.rows.matches(":hover") || this.pill.matches(":hover")) return;
    if (this.rows.contains(document.activeElement)) return;
    this.hold.release();
  }

  /** Fetch soon; calls in quick succession are one. `force`: the person has just done something. */
  refresh({ force = false } = {}) {
    this.force ||= force;
    this.soon ??= new Promise((resolve) => {
      this.begin = resolve;
      setTimeout(resolve, force ? 0 : this.pauseMs());
    }).then(() => this.fetch());
    if (force) this.begin(); // the push of the same change was here first, and waits
    return this.soon;
  }

  pauseMs() {
    const turnMs = this.desks * EACH_MS;
    const restedMs = this.fetchedAt + 2 * turnMs - performance.now();
    return Math.max(PAUSE_MS + Math.random() * turnMs, restedMs);
  }

  async fetch() {
    this.soon = null;
    this.fetchedAt = performance.now();
    const force = this.force;
    this.force = false;
    this.round += 1;
    const round = this.round;
    try {
      const nodes = parse(await fragment(this.url));
      if (round !== this.round) return;
      this.put(nodes, force);
      this.on.shown();
      this.on.answered();
    } catch (error) {
      this.on.trouble(error);
    }
  }

  /** Show these rows, or keep them while somebody points at those that stand there. */
  take(rows, head, force) {
    sync(head.dataset.now);
    this.read(head);
    this.hold.take(rows, this.idsOf(rows), { force });
  }

  read({ dataset }) {
    this.waiting = Number(dataset.waiting);
    this.desks = Number(dataset.desks);
  }

  showPill(count) {
    this.pill.hidden = count === 0;
    this.pill.textContent = this.words.fresh.replace("{n}", count);
  }
}
