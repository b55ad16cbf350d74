// Polls the server for what is new, as long as no socket tells.

import { get } from "../../net/http.js";

const EVERY_MS = 15_000;
const SOON_MS = 3_000; // while a person is with the member, or is to come
const QUIET = new Set(["coach", "guided"]);

export class News {
  /**
   * `floor()` says who may speak, `wanted()` whether the page needs to ask just now; `url()` is
   * what to get, and `apply(answer)` takes it.
   */
  constructor({ floor, wanted, url, apply }) {
    this.floor = floor;
    this.wanted = wanted;
    this.url = url;
    this.apply = apply;
    this.timer = null;
  }

  /** Ask now, and again after a while. */
  async ask() {
    this.stop();
    this.timer = setTimeout(() => this.ask(), QUIET.has(this.floor()) ? EVERY_MS : SOON_MS);
    if (!this.wanted()) return;
    try {
      this.apply(await get(this.url()));
    } catch (error) {
      if (error.status === undefined) throw error; // not reached: the next time
    }
  }

  stop() {
    clearTimeout(this.timer);
  }
}
