// Decides which frames of the microphone leave the page: all (open), none while the coach plays
// (half-duplex), or those under a held button (push to talk). Rules only; times are milliseconds.

/** After the coach has fallen silent its last words still echo in the room. */
export const TAIL_MS = 350;
/** A shorter press is a tap: it keeps the microphone open until the next one. */
export const TAP_MS = 300;
/** What was said just before the button went up is still on its way from the microphone. */
export const RELEASE_MS = 150;
/** Kept open by a tap it closes by itself: somebody has walked away. */
export const LOCK_MS = 60000;

/** Whether a frame of the microphone may leave the page now. */
export class Gate {
  constructor() {
    this.mode = "open";
    this.held = false;
    this.playedAt = -Infinity;
  }

  /** Asked for each frame; `playing`: the coach is heard, or about to be. */
  passes(playing, now) {
    if (playing) this.playedAt = now;
    if (this.mode === "push") return this.held;
    return this.mode !== "half" || now - this.playedAt >= TAIL_MS;
  }
}

/**
 * A button that is held, or kept down by a tap. `on.down()` answers whether it could begin;
 * `on.up()` ends it.
 */
export class Hold {
  constructor(on) {
    this.on = on;
    this.state = "up"; // up, held, locked
    this.pressedAt = 0;
  }

  get down() {
    return this.state !== "up";
  }

  press(now) {
    if (this.state === "locked") {
      this.release();
    } else if (this.state === "up" && this.on.down()) {
      this.state = "held";
      this.pressedAt = now;
    }
  }

  lift(now) {
    if (this.state !== "held") return;
    if (now - this.pressedAt < TAP_MS) this.state = "locked";
    else this.release();
  }

  /** A press that has no length: of a screen reader, or of a switch. */
  tap(now) {
    this.press(now);
    this.lift(now);
  }

  tick(now) {
    if (this.state === "locked" && now - this.pressedAt > LOCK_MS) this.release();
  }

  release() {
    if (this.state === "up") return;
    this.state = "up";
    this.on.up();
  }
}
