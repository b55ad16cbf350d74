// The sound of a person who speaks at this moment, as it waits to be played. It waits as short as
// the network allows: what comes too late to keep up with the speaker is dropped, not played later.
// It uses no browser, so that Node.js can test it; the playback worklet calls it.

import { toFloat, WIRE_RATE } from "./pcm.js";
import { Resampler } from "./resampler.js";

const PREFILL_MS = 40; // two frames
const LONGEST_PREFILL_MS = 120; // on a network that is never even
const STEP_MS = 20; // the prefill grows by one frame after a gap, and shrinks again by as much
const CALM_MS = 10_000; // so long without a gap, and it shrinks
const SLACK_MS = 60; // may wait beyond the prefill: two frames that come together, and drift
const GAP_MS = 200; // silence before a frame that is longer was the speaker's own
const FADE_SAMPLES = 96; // more than a click

/** Live sound at the context's `rate`. */
export class LiveBuffer {
  constructor(rate) {
    this.rate = rate;
    this.resampler = new Resampler(WIRE_RATE, rate);
    this.generation = 0;
    this.prefillMs = PREFILL_MS;
    this.gaps = 0; // in what was said
    this.forget();
  }

  forget() {
    this.chunks = [];
    this.offset = 0; // in the first chunk
    this.waiting = 0; // samples queued
    this.playing = false;
    this.silent = Number.POSITIVE_INFINITY; // samples rendered since it ran dry
    this.calm = 0; // samples rendered since the last gap
    this.last = 0; // last sample rendered
    this.fadeIn = 0;
    this.resampler.reset();
  }

  samples(ms) {
    return (ms * this.rate) / 1000;
  }

  /** Milliseconds that wait. */
  get waitingMs() {
    return (this.waiting * 1000) / this.rate;
  }

  /** Silence what is of an older generation; frames of it are dropped from here on. */
  clear(generation) {
    const { last } = this;
    this.forget();
    this.last = last; // it dies away
    this.generation = generation;
  }

  /** Queue wire samples; false when they are stale. */
  push(generation, integers) {
    if (generation < this.generation) return false;
    if (generation > this.generation) this.clear(generation);
    if (!this.playing && this.waiting === 0 && this.silent < this.samples(GAP_MS)) this.noteGap();
    const floats = toFloat(integers);
    const room = new Float32Array(this.resampler.room(floats.length));
    const count = this.resampler.process(floats, room);
    if (count > 0) this.chunks.push(room.subarray(0, count));
    this.waiting += count;
    this.keepUp();
    return true;
  }

  /** The sound ran out though the speaker had not: wait a little longer from now on. */
  noteGap() {
    this.gaps += 1;
    this.calm = 0;
    this.prefillMs = Math.min(LONGEST_PREFILL_MS, this.prefillMs + STEP_MS);
  }

  /** Drop the oldest of what is more than may wait. */
  keepUp() {
    if (this.waiting <= this.samples(this.prefillMs + SLACK_MS)) return;
    while (this.waiting > this.samples(this.prefillMs) && this.chunks.length > 1) {
      this.waiting -= this.chunks.shift().length - this.offset;
      this.offset = 0;
    }
    this.fadeIn = FADE_SAMPLES;
  }

  /** Add the next samples to `out`, one block of the audio clock. Answers how many. */
  mix(out) {
    if (!this.playing && !this.mayStart(out.length)) {
      this.dieAway(out, 0);
      return 0;
    }
    const count = this.copy(out);
    if (count < out.length) this.dieAway(out, count);
    if (this.waiting === 0) {
      this.playing = false;
      this.silent = 0;
    }
    this.grow(out.length);
    return count;
  }

  mayStart(blockLength) {
    this.silent += blockLength;
    if (this.waiting === 0 || this.waiting < this.samples(this.prefillMs)) return false;
    this.playing = true;
    this.fadeIn = FADE_SAMPLES;
    return true;
  }

  grow(blockLength) {
    this.calm += blockLength;
    if (this.calm < this.samples(CALM_MS)) return;
    this.calm = 0;
    this.prefillMs = Math.max(PREFILL_MS, this.prefillMs - STEP_MS);
  }

  copy(out) {
    let at = 0;
    while (at < out.length && this.chunks.length > 0) {
      const chunk = this.chunks[0];
      const sample = chunk[this.offset];
      const gain = this.fadeIn > 0 ? 1 - this.fadeIn / FADE_SAMPLES : 1;
      if (this.fadeIn > 0) this.fadeIn -= 1;
      this.last = sample * gain;
      out[at] += this.last;
      at += 1;
      this.offset += 1;
      this.waiting -= 1;
      if (this.offset === chunk.length) {
        this.chunks.shift();
        this.offset = 0;
      }
    }
    return at;
  }

  /** Let the last sample fade from `start` on. */
  dieAway(out, start) {
    if (this.last === 0) return;
    const fade = Math.min(FADE_SAMPLES, out.length - start);
    for (let i = 0; i < fade; i += 1) out[start + i] += this.last * (1 - (i + 1) / fade);
    this.last = 0;
  }
}
