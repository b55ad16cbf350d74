// Shows the whole desk, and fetches it again when something changed. Numbers are always the newest;
// the lists wait while somebody points at them.

import { paintTimes } from "../../ui/times.js";
import { FetchedRows } from "../queue/fetched_rows.js";

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
      const here = this.root.querySelector(`[data-part=${part.dataset.part}]`);
      replace(here, part);
      paintTimes(here);
    }
    this.take(nodes.querySelector("[data-lists]"), nodes.querySelector("[data-board]"), force);
  }

  apply(lists) {
    replace(this.rows, lists);
    paintTimes(this.rows);
    this.on.shown();
  }

  idsOf(lists) {
    const rows = lists.querySelectorAll("[data-case], [data-expert], [data-talk-row]");
    return [...rows].map(({ dataset }) => dataset.case ?? `${dataset.expert ?? dataset.talkRow}:`);
  }
}

/** Put what stands in `fresh` in place, keeping focus on the element of the same id. */
function replace(here, fresh) {
  const focused = here.contains(document.activeElement) ? document.activeElement.id : "";
  here.replaceChildren(...fresh.childNodes);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}
