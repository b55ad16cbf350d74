// Shows the whole desk, and fetches it again when something changed. Numbers are always the newest;
// the lists wait while somebody points at them.

import { FetchedRows } from "../queue/fetched_rows.js";
import { replace } from "../replace.js";

const TALKS_MS = 1000;

export class Board extends FetchedRows {
  constructor(root, { words, on }) {
    const head = root.querySelector("[data-board]");
    const pill = root.querySelector("[data-fresh]");
    const lists = root.querySelector("[data-lists]");
    super(lists, { url: root.dataset.boardUrl, head, pill, words, on });
    this.root = root;
  }

  /** A talk began or ended, and perhaps many at once: that is one fetch. */
  talksChanged() {
    this.talks ??= setTimeout(() => {
      this.talks = undefined;
      this.refresh();
    }, TALKS_MS);
  }

  put(nodes, force) {
    for (const part of nodes.querySelectorAll("[data-part]")) {
      replace(this.root.querySelector(`[data-part=${part.dataset.part}]`), part);
    }
    this.take(nodes.querySelector("[data-lists]"), nodes.querySelector("[data-board]"), force);
  }

  apply(lists) {
    replace(this.rows, lists);
    this.on.shown();
  }

  idsOf(lists) {
    const rows = lists.querySelectorAll("[data-case], [data-expert], [data-talk-row]");
    return [...rows].map(({ dataset }) => dataset.case ?? `${dataset.expert ?? dataset.talkRow}:`);
  }
}
