// Shows the whole desk, and fetches it again when something changed. Numbers are always the newest;
// the lists wait while somebody points at them, so that no row moves under the pointer.

import { fragment, parse } from "../../net/http.js";
import { paintTimes } from "../../ui/times.js";
import { sync } from "../clock.js";
import { Hold } from "../queue/hold.js";

const CROSSING_MS = 400;
const PAUSE_MS = 150; // several events of one change are one fetch

export class Board {
  /** `on.shown()` after each painting; `on.answered()` and `on.trouble(error)` after a request. */
  constructor(root, { words, on }) {
    this.root = root;
    this.url = root.dataset.boardUrl;
    this.board = root.querySelector("[data-board]");
    this.lists = root.querySelector("[data-lists]");
    this.pill = root.querySelector("[data-fresh]");
    this.words = words;
    this.on = on;
    this.round = 0;
    this.hold = new Hold({
      apply: (lists) => this.apply(lists),
      fresh: (count) => this.showPill(count),
      shown: idsOf(this.lists),
    });
    this.waiting = Number(this.board.dataset.waiting);
    for (const kind of ["pointerenter", "pointermove", "focusin"]) {
      this.lists.addEventListener(kind, () => this.hold.hold());
    }
    for (const place of [this.lists, this.pill]) {
      place.addEventListener("pointerleave", () => setTimeout(() => this.leave(), CROSSING_MS));
    }
    this.lists.addEventListener("focusout", () => setTimeout(() => this.leave()));
    this.pill.addEventListener("click", () => this.hold.flush());
  }

  /** Let go once neither pointer nor keyboard is in the lists, nor on the way to the pill. */
  leave() {
    if (this.lists.matches(":hover") || this.pill.matches(":hover")) return;
    if (this.lists.contains(document.activeElement)) return;
    this.hold.release();
  }

  /** Fetch soon; calls in quick succession are one. `force`: the person has just done something. */
  refresh({ force = false } = {}) {
    this.force ||= force;
    this.soon ??= new Promise((resolve) => setTimeout(resolve, force ? 0 : PAUSE_MS)).then(() =>
      this.fetch(),
    );
    return this.soon;
  }

  async fetch() {
    this.soon = null;
    const force = this.force;
    this.force = false;
    this.round += 1;
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
    const board = nodes.querySelector("[data-board]");
    sync(board.dataset.now);
    this.waiting = Number(board.dataset.waiting);
    for (const part of nodes.querySelectorAll("[data-part]")) {
      const here = this.root.querySelector(`[data-part=${part.dataset.part}]`);
      replace(here, part);
      paintTimes(here);
    }
    const lists = nodes.querySelector("[data-lists]");
    this.hold.take(lists, idsOf(lists), { force });
    this.on.shown();
  }

  apply(lists) {
    replace(this.lists, lists);
    paintTimes(this.lists);
    this.on.shown();
  }

  showPill(count) {
    this.pill.hidden = count === 0;
    this.pill.textContent = this.words.fresh.replace("{n}", count);
  }
}

/** Put what stands in `fresh` in place, keeping focus on the element of the same id. */
function replace(here, fresh) {
  const focused = here.contains(document.activeElement) ? document.activeElement.id : "";
  here.replaceChildren(...fresh.childNodes);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

function idsOf(lists) {
  const rows = lists.querySelectorAll("[data-case], [data-expert], [data-talk-row]");
  return [...rows].map(({ dataset }) => dataset.case ?? `${dataset.expert ?? dataset.talkRow}:`);
}
