// The coach's voice as the page knows it: what was played, what is cleared, and when the system has
// put the sound to sleep. What was really played stands on the page, for tests and for support.

const LIVE_ITEM = 0xffff; // of a person, in frames and in reports
const TOLD_EVERY_MS = 200;

export class Playback {
  /**
   * `ended()`: silence is right now, and nobody is told of it. `heard(report)`: so much of a person
   * who speaks was played.
   */
  constructor(root, { sound, notice, words, ended, heard }) {
    this.root = root;
    this.heard = heard;
    this.toldLiveMs = 0;
    this.sound = sound;
    this.notice = notice;
    this.words = words;
    this.ended = ended;
  }

  /** Drop the audio of every older generation. */
  clear(generation) {
    this.root.dataset.generation = generation;
    this.sound.player?.clear(generation);
  }

  announce(change) {
    document.dispatchEvent(new CustomEvent("coachline:audio", { detail: change }));
  }

  report({ playedMs, liveMs, liveGaps, peak }) {
    this.root.dataset.playedMs = playedMs;
    if (liveMs) Object.assign(this.root.dataset, { liveMs, liveGaps }); // of a person who speaks
    if (liveMs) this.tellPerson(liveMs);
    this.root.dataset.playedRms = peak.toFixed(4);
  }

  /** Whoever speaks sees that they are heard. */
  tellPerson(ms) {
    if (ms < this.toldLiveMs) this.toldLiveMs = 0; // the player was started anew
    if (ms - this.toldLiveMs < TOLD_EVERY_MS) return;
    this.toldLiveMs = ms;
    this.heard({ generation: Number(this.root.dataset.generation ?? 0), item: LIVE_ITEM, ms });
  }

  /** The audio context has changed its state: a phone call or a locked screen suspends it. */
  contextChanged(state) {
    if (!this.ended() && (state === "suspended" || state === "interrupted")) {
      this.notice.show("warn", this.words.asleep);
      addEventListener("pointerdown", () => this.sound.resume(), { once: true });
    } else if (state === "running") this.notice.take(this.words.asleep);
  }
}
