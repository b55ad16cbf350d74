// Keeps rows from moving under the pointer: a new state of the queue waits while somebody points
// at it.

export class Hold {
  /**
   * `apply(state)` shows a state; `fresh(n)` tells how many rows of the waiting one are new;
   * `shown` are the ids of the rows that stand there already, in order.
   */
  constructor({ apply, fresh, shown = [] }) {
    this.apply = apply;
    this.fresh = fresh;
    this.held = false;
    this.waiting = null;
    this.shown = new Set(shown);
  }

  /** A new state with the ids of its rows, in order. Shown at once unless held. */
  take(state, ids, { force = false } = {}) {
    if (this.held && !force && !same(ids, this.shown)) {
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

  hold() {
    this.held = true;
  }

  /** The pointer is gone, or the person asked for it. */
  release() {
    this.held = false;
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
