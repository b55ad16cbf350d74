// Keeps what the member typed and the thread does not have yet, in this tab and over a reload. Each
// text keeps its id, so that the server stores it once however often it is sent.

import { tabStorage } from "../../ui/device.js";

const PREFIX = "coachline-typed-";

/** Texts by id, in the order in which they were typed. `owner` names the talk and whose it is. */
export class Typed extends Map {
  constructor(owner, storage = tabStorage()) {
    super();
    this.name = PREFIX + owner;
    this.storage = storage;
    for (const [id, text] of JSON.parse(storage?.getItem(this.name) ?? "[]")) super.set(id, text);
  }

  set(id, text) {
    super.set(id, text);
    this.keep();
    return this;
  }

  delete(id) {
    const known = super.delete(id);
    if (known) this.keep();
    return known;
  }

  keep() {
    try {
      if (this.size === 0) this.storage?.removeItem(this.name);
      else this.storage?.setItem(this.name, JSON.stringify([...this]));
    } catch (error) {
      if (error.name !== "QuotaExceededError") throw error;
      this.storage = null; // the page has them as long as it stays open
    }
  }
}
