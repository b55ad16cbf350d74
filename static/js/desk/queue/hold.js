// Keeps rows from moving under the pointer: a new state of the queue waits while somebody points
// at it, but not for long. A pointer that was left there must not keep what is over on the page.

const HELD_MS = 10_000; // since the pointer or the keyboard last moved there

export class Hold {
  /**
   * `apply(state)` shows a state; `fresh(n)` tells how many rows of the waiting one are new;
   * `shown` are the ids of the rows that stand there already, in order.
   */
  constructor({ apply, fresh, shown = [] }) {
    this.apply = apply;
    this.fresh = fresh;
    this.heldAt = null;
    this.waiting = null;
    this.shown = new Set(shown);
  }

  /** A new state with the ids of its rows, in order; the page asks for it every few seconds. */
  take(state, ids, { force = false } = {}) {
    if (this.held() && !force && !same(ids, this.shown)) {
      this.waiting = { state, ids };
      this.fresh(ids.filter((id) => !this.shown.has(id)).length);
      return;
    }
    this.show({ state, ids });
  }

  show({ state, ids }) {
    this.waiting = null;
    this.shown = new Set(ids);
    this.apply(state);
    this.fresh(0);
  }

  /** The pointer or the keyboard is there. */
  hold() {
    this.heldAt = Date.now();
  }

  held() {
    return this.heldAt !== null && Date.now() - this.heldAt < HELD_MS;
  }

  /** The pointer is gone, or the person asked for it. */
  release() {
    this.heldAt = null;
    this.flush();
  }

  flush() {
    if (this.waiting) this.show(this.waiting);
  }
}

/** The same rows in the same order: nothing moves, so nothing needs to wait. */
function same(ids, shown) {
  return ids.length === shown.size && [...shown].every((id, index) => id === ids[index]);
}
