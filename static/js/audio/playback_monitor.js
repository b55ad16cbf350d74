// Measures what the playback worklet renders: how loud it is, since when it is audible or silent.

const AUDIBLE = 0.0008; // RMS of a block, about -62 dB
const PAUSE_S = 0.2; // a pause between words is not silence
const WINDOW_S = 0.2;

/** Times are seconds of the audio clock. */
export class PlaybackMonitor {
  constructor() {
    this.audible = false;
    this.quietSince = null;
    this.blocks = []; // [time, rms] of the last WINDOW_S
  }

  /** One block rendered at `time` with `value` RMS; answers with {state, time} on a change. */
  measure(time, value) {
    this.blocks.push([time, value]);
    while (this.blocks[0][0] < time - WINDOW_S) this.blocks.shift();
    if (value > AUDIBLE) {
      this.quietSince = null;
      if (this.audible) return null;
      this.audible = true;
      return { state: "audible", time };
    }
    this.quietSince ??= time;
    return time - this.quietSince >= PAUSE_S ? this.settle() : null;
  }

  /** Nothing more is coming: silence counts from where it began, without waiting for a pause. */
  settle() {
    if (!this.audible || this.quietSince === null) return null;
    this.audible = false;
    return { state: "silent", time: this.quietSince };
  }

  /** Loudest block RMS of the last 200 ms. */
  get peak() {
    return this.blocks.reduce((most, [, value]) => Math.max(most, value), 0);
  }
}
