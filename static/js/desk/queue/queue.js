// Shows the queue and the expert's own presence, and fetches them again when something changed.

import { paintTimes } from "../../ui/times.js";
import { FetchedRows } from "./fetched_rows.js";

export class Queue extends FetchedRows {
  constructor(root, { words, on }) {
    const section = root.querySelector("#queue");
    const rows = section.querySelector("[data-part=rows]");
    const pill = section.querySelector("[data-fresh]");
    super(rows, { url: root.dataset.queueUrl, head: rows, pill, words, on });
    this.presence = section.querySelector("[data-part=presence]");
    this.selected = null;
  }

  put(nodes, force) {
    const presence = nodes.querySelector("[data-part=presence]");
    if (!this.presence.querySelector("details[open]") || force) {
      this.presence.replaceChildren(...presence.childNodes);
      paintTimes(this.presence);
    }
    const rows = nodes.querySelector("[data-part=rows]");
    this.take(rows, rows, force);
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

  idsOf(rows) {
    return [...rows.querySelectorAll("[data-case]")].map((row) => row.dataset.case);
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
