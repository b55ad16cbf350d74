// Shows the queue and the expert's own presence, and fetches them again when something changed.

import { fragment, parse } from "../../net/http.js";
import { paintTimes } from "../../ui/times.js";
import { sync } from "../clock.js";
import { Hold } from "./hold.js";

const CROSSING_MS = 400;
const PAUSE_MS = 150; // several events of one change are one fetch
const EACH_MS = 20; // all desks are told at once, and do not all ask at once

export class Queue {
  /** `on.shown()` after each painting; `on.answered()` and `on.trouble(error)` after a request. */
  constructor(root, { words, on }) {
    this.url = root.dataset.queueUrl;
    this.section = root.querySelector("#queue");
    this.presence = this.section.querySelector("[data-part=presence]");
    this.rows = this.section.querySelector("[data-part=rows]");
    this.pill = this.section.querySelector("[data-fresh]");
    this.words = words;
    this.on = on;
    this.selected = null;
    this.hold = new Hold({
      apply: (rows) => this.apply(rows),
      fresh: (count) => this.showPill(count),
      shown: idsOf(this.rows),
    });
    this.waiting = Number(this.rows.dataset.waiting);
    this.desks = Number(this.rows.dataset.desks);
    for (const kind of ["pointerenter", "pointermove", "focusin"]) {
      this.rows.addEventListener(kind, () => this.hold.hold());
    }
    for (const place of [this.rows, this.pill]) {
      place.addEventListener("pointerleave", () => setTimeout(() => this.leave(), CROSSING_MS));
    }
    this.rows.addEventListener("focusout", () => setTimeout(() => this.leave()));
    this.pill.addEventListener("click", () => this.hold.flush());
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
    const pauseMs = force ? 0 : PAUSE_MS + Math.random() * this.desks * EACH_MS;
    this.soon ??= new Promise((resolve) => setTimeout(resolve, pauseMs)).then(() => this.fetch());
    return this.soon;
  }

  async fetch() {
    this.soon = null;
    const force = this.force;
    this.force = false;
    this.round = (this.round ?? 0) + 1;
    const round = this.round;
    try {
      const nodes = parse(await fragment(this.url));
      if (round !== this.round) return;
      this.show(nodes, force);
      this.on.answered();
    } catch (error) {
      this.on.trouble(error);
    }
  }

  show(nodes, force) {
    const rows = nodes.querySelector("[data-part=rows]");
    sync(rows.dataset.now);
    const presence = nodes.querySelector("[data-part=presence]");
    if (!this.presence.querySelector("details[open]") || force) {
      this.presence.replaceChildren(...presence.childNodes);
      paintTimes(this.presence);
    }
    this.hold.take(rows, idsOf(rows), { force });
    this.waiting = Number(rows.dataset.waiting);
    this.desks = Number(rows.dataset.desks);
    this.on.shown();
  }

  apply(rows) {
    const open = this.rows.querySelector("details[open]") !== null;
    const focused = this.rows.contains(document.activeElement) ? document.activeElement.id : "";
    this.rows.replaceChildren(...rows.childNodes);
    const details = this.rows.querySelector("details");
    if (details) details.open = open;
    paintTimes(this.rows);
    this.mark();
    this.on.shown();
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  showPill(count) {
    this.pill.hidden = count === 0;
    this.pill.textContent = this.words.fresh.replace("{n}", count);
  }

  select(pk) {
    this.selected = pk;
    this.mark();
  }

  mark() {
    for (const row of this.rows.querySelectorAll("[data-open-case]")) {
      if (Number(row.dataset.openCase) === this.selected) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
  }

  /** The case `step` rows further, around the ends; null when there is none. */
  neighbour(step) {
    const rows = [...this.rows.querySelectorAll("[data-open-case]")].filter(
      (row) => row.offsetParent !== null,
    );
    if (rows.length === 0) return null;
    const at = rows.findIndex((row) => Number(row.dataset.openCase) === this.selected);
    const next =
      at === -1 ? (step > 0 ? 0 : rows.length - 1) : (at + step + rows.length) % rows.length;
    rows[next].scrollIntoView({ block: "nearest" });
    return Number(rows[next].dataset.openCase);
  }
}

function idsOf(rows) {
  return [...rows.querySelectorAll("[data-case]")].map((row) => row.dataset.case);
}
