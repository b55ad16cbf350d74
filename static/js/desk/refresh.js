// Fetches what a push could have told: when asked, and every few seconds since pushes may be lost.

const LIVE_MS = 15_000; // a lost push costs no more than that
const DOWN_MS = 4000; // without a socket nothing is pushed, and offers are short

export class Refresh {
  /**
   * `socket` has ready and finished; `queue`, `offers` and `openCase` have refresh(). `alive()`
   * tells the server that the expert is here. `trouble(error)`: a request failed.
   */
  constructor({ socket, queue, offers, openCase, alive, trouble }) {
    this.socket = socket;
    this.queue = queue;
    this.offers = offers;
    this.openCase = openCase;
    this.alive = alive;
    this.trouble = trouble;
  }

  /** What waits and what rings. */
  look() {
    this.queue.refresh();
    this.ringing();
  }

  async ringing() {
    try {
      await this.offers.refresh();
    } catch (error) {
      this.trouble(error);
    }
  }

  /** Everything. */
  all() {
    this.look();
    this.openCase.refresh();
  }

  /** Until the socket is finished. */
  async poll() {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, this.socket.ready ? LIVE_MS : DOWN_MS));
      if (this.socket.finished) return;
      await this.step();
    }
  }

  async step() {
    if (this.socket.ready) {
      this.look();
      return;
    }
    this.all();
    try {
      await this.alive();
    } catch (error) {
      this.trouble(error);
    }
  }
}
