// Where the talk stands, for everybody on the page who must know. The server names most of the
// states (see messages.js); "idle", "queued" and "lost" are the page's own.

/** The coach does not hear: nothing that is said now is part of the talk. */
export const AWAY = new Set([
  "connecting",
  "unreachable",
  "queued",
  "reconnecting",
  "lost",
  "ended",
]);
/** The coach works on an answer, or gives it. */
export const ANSWERING = new Set(["thinking", "speaking"]);
/** The coach has time for this member. */
export const LIVE = new Set(["listening", ...ANSWERING]);

export class TalkState {
  /**
   * `on.covered(name)`: notes mode stands before this state, so that it is not shown.
   * `on.shown(name)`: it is the talk's state now.
   */
  constructor(root, on) {
    this.root = root;
    this.on = on;
    this.current = "idle";
    this.begun = false; // the member has tapped, typed or recorded
    this.ended = false; // or about to be
    root.dataset.state = this.current;
  }

  begin() {
    this.begun = true;
    this.root.dataset.begun = "true";
  }

  /** Answers whether the state is shown; nothing follows the end. */
  show(name) {
    if (this.current === "ended" || this.on.covered(name)) return false;
    this.current = name;
    if (name === "ended") this.ended = true;
    this.root.dataset.state = name;
    this.on.shown(name);
    return true;
  }
}
