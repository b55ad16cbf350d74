// Collects frames of 20 ms into a recording.

import { wav } from "./wav.js";

export const NOTE_MAX_MS = 120_000;
export const NOTE_MIN_MS = 400;
const FRAME_MS = 20;

export class Recorder {
  /** `full()` when no more fits. */
  constructor(full) {
    this.full = full;
    this.frames = null;
  }

  get on() {
    return this.frames !== null;
  }

  get ms() {
    return (this.frames?.length ?? 0) * FRAME_MS;
  }

  start() {
    this.frames = [];
  }

  /** One frame; false when nothing is being recorded. */
  take(pcm) {
    if (!this.frames) return false;
    if (this.ms < NOTE_MAX_MS) this.frames.push(pcm);
    if (this.ms >= NOTE_MAX_MS) this.full();
    return true;
  }

  /** The recording {sound, ms}; null when it is too short to be one. */
  stop() {
    const frames = this.frames ?? [];
    const ms = this.ms;
    this.frames = null;
    return ms < NOTE_MIN_MS ? null : { sound: wav(frames), ms };
  }

  cancel() {
    this.frames = null;
  }
}

/** Milliseconds as m:ss. */
export function clock(ms) {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
