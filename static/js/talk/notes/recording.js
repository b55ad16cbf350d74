// One recording at a time: it borrows the microphone and shows how long it has run.

import { Recorder } from "./recorder.js";

const PAINT_MS = 200;

export class Recording {
  /**
   * `microphone` has lend(wanted) and takeBack(). `wanted()`: notes mode is still on.
   * `on.changed()` when it begins, while it runs and when it has stopped; `on.full()` when no more
   * fits.
   */
  constructor({ microphone, wanted, on }) {
    this.microphone = microphone;
    this.wanted = wanted;
    this.on = on;
    this.recorder = new Recorder(() => on.full());
    this.asking = false; // the browser asks whether we may
    this.timer = null;
  }

  get running() {
    return this.recorder.on;
  }

  get ms() {
    return this.recorder.ms;
  }

  /** A frame of the microphone; false when nothing is being recorded. */
  take(pcm) {
    return this.recorder.take(pcm);
  }

  /** Answers whether it records. */
  async start() {
    if (this.asking) return false;
    this.asking = true;
    const open = await this.microphone.lend(this.wanted);
    this.asking = false;
    if (!open) return false;
    this.recorder.start();
    this.on.changed();
    this.timer = setInterval(() => this.on.changed(), PAINT_MS);
    return true;
  }

  /** Answers with the recording {sound, ms}; null when it is too short to be one. */
  stop() {
    const recorded = this.recorder.stop();
    this.end();
    return recorded;
  }

  cancel() {
    this.recorder.cancel();
    this.end();
  }

  end() {
    clearInterval(this.timer);
    this.microphone.takeBack();
    this.on.changed();
  }
}
