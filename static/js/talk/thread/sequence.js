// Notices gaps in the numbers of the thread: turns and cards count 1, 2, 3 …

export class Sequence {
  /** `last`: everything up to it is on the page. */
  constructor(last = 0) {
    this.last = last;
    this.ahead = new Set(); // seen beyond a gap
  }

  /** Note one number: "new", "seen" (a repeat) or "gap" (something before it is missing). */
  note(seq) {
    if (seq <= this.last || this.ahead.has(seq)) return "seen";
    this.ahead.add(seq);
    while (this.ahead.delete(this.last + 1)) this.last += 1;
    return seq > this.last ? "gap" : "new";
  }

  /** The server has shown everything up to `seq`. */
  settle(seq) {
    this.last = Math.max(this.last, seq);
    for (const number of this.ahead) if (number <= this.last) this.ahead.delete(number);
    while (this.ahead.delete(this.last + 1)) this.last += 1;
  }
}
