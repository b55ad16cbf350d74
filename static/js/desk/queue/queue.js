// Shows the queue and the expert's own presence, and fetches them again when something changed.

import { replace } from "../replace.js";
import { FetchedRows } from "./fetched_rows.js";

export class Queue extends FetchedRows {
  constructor(root, { words, on }) {
    const section = root.querySelector("#queue");
    const rows = section.querySelector("[data-part=rows]");
    const pill = section.querySelector("[data-fresh]");
    super(rows, { url: root.dataset.queueUrl, head: rows, pill, words, on });
    this.stopped = section.querySelector("[data-part=stopped]");
    this.presence = section.querySelector("[data-part=presence]");
    this.selected = null;
  }

  put(nodes, force) {
    replace(this.stopped, nodes.querySelector("[data-part=stopped]"));
    if (!this.presence.querySelector("details[open]") || force) {
      replace(this.presence, nodes.querySelector("[data-part=presence]"));
    }
    const rows = nodes.querySelector("[data-part=rows]");
    this.take(rows, rows, force);
  }

  apply(rows) {
    const details = rows.querySelector("details");
    if (details) details.open = this.rows.querySelector("details[open]") !== null;
    replace(this.rows, rows);
    this.mark();
    this.on.shown();
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
