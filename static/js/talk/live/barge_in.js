// Barge-in by hand: the member stops the coach with a tap, a key, a typed text or the talk button.
// (Barge-in by voice is the server's: it sends `clear`.)

import { ANSWERING } from "../state.js";

const UNCUT = new Set(["held", "person"]);

export class BargeIn {
  /** `byHand()`: what is cut off now is no echo of the coach. `send(message)` to the server. */
  constructor({ state, sound, byHand, send }) {
    this.state = state;
    this.sound = sound;
    this.byHand = byHand;
    this.send = send;
  }

  /**
   * Silence what is playing, before the server knows. False in a safety hold, where only reviewed
   * words are spoken, and while a person speaks: neither is cut.
   */
  silence() {
    this.byHand();
    if (UNCUT.has(this.state.current)) return false;
    this.sound.player?.hush();
    return true;
  }

  /** Stop the coach's answer, if there is one. */
  interrupt() {
    const { current } = this.state;
    if (UNCUT.has(current)) return;
    if (!this.sound.playing && !ANSWERING.has(current)) return;
    this.silence();
    this.send({ type: "interrupt" });
  }
}
