// Follows the talk and suggests headphones, or a rest, when the coach seems to hear itself.

import { EchoWatch } from "./echo.js";

export class EchoHint {
  /** `playing()`: the coach is heard, or about to be. `suggest()`: an echo is likely. */
  constructor({ playing, suggest }) {
    this.playing = playing;
    this.suggest = suggest;
    this.watch = new EchoWatch();
  }

  /** The member stops the coach by hand: the next cut is no echo. */
  byHand() {
    this.watch.byHand(performance.now());
  }

  /** Words as they are being said. */
  caption({ speaker, item, text }) {
    if (speaker === "coach") this.watch.coachSaid(item, text);
  }

  /** The server has cut the coach off. */
  cut() {
    if (this.playing()) this.watch.cut(performance.now());
  }

  /** The words of an utterance have come; typed ones have an id of the page. */
  turn({ speaker, client_id: typed, text }) {
    if (speaker !== "member" || typed) return;
    if (this.watch.heard(text, performance.now())) this.suggest();
  }

  dropped(item) {
    if (this.watch.dropped(item, performance.now())) this.suggest();
  }
}
