// The jitter buffer holds the audio that waits to be played, and counts how much of it was played.
// It uses no browser, so that Node.js can test it; the playback worklet calls it.

import { toFloat, WIRE_RATE } from "./pcm.js";
import { Resampler } from "./resampler.js";

const PREFILL_MS = 200; // buffered before an item starts from silence
const PATIENCE_MS = 240; // a short item never fills the buffer: start anyway after this
const LONGEST_MS = 180000; // no answer is that long: the server is at fault
const FADE_SAMPLES = 96; // less than one quantum, more than a click

/**
 * Coach audio at the context's `rate`. It fills up before it plays, so that a late frame leaves no
 * gap.
 *
 * Frames carry the playback generation and the item's index. A clear names a new generation;
 * frames of an older one are dropped from then on. `heard` counts what was really rendered.
 */
export class JitterBuffer {
  constructor(rate, prefillMs = PREFILL_MS, patienceMs = PATIENCE_MS) {
    this.rate = rate;
    this.prefill = (prefillMs * rate) / 1000;
    this.patience = (patienceMs * rate) / 1000;
    this.resampler = new Resampler(WIRE_RATE, rate);
    this.generation = 0;
    this.events = [];
    this.forgetAll();
  }

  forgetAll() {
    this.chunks = [];
    this.offset = 0; // in the first chunk
    this.waiting = 0; // samples queued
    this.waited = 0; // samples rendered as silence while prefilling
    this.playing = false;
    this.item = null;
    this.heard = 0; // samples of `item`
    this.hushed = -1; // items up to this one are not wanted any more
    this.newest = -1;
    this.last = 0; // last sample rendered
    this.tail = null; // what fades out after a clear
    this.fadeIn = 0;
    this.resampler.reset();
  }

  /** Queue wire samples; false when they are stale or there is no room. */
  push(generation, item, integers) {
    if (generation < this.generation) return false;
    if (generation > this.generation) this.clear(generation);
    if (item <= this.hushed) return false;
    if (this.waiting > (LONGEST_MS * this.rate) / 1000) return false;
    this.newest = Math.max(this.newest, item);
    const floats = toFloat(integers);
    const room = new Float32Array(this.resampler.room(floats.length));
    const count = this.resampler.process(floats, room);
    if (count === 0) return true;
    this.chunks.push({ item, samples: room.subarray(0, count) });
    this.waiting += count;
    return true;
  }

  /** Silence everything of an older generation, within the next rendered block. */
  clear(generation) {
    const report = this.stop("cleared");
    const tail = this.tail;
    this.forgetAll();
    this.tail = tail;
    this.generation = generation;
    return report;
  }

  /** The member has interrupted, and the server does not know yet: drop the items so far. */
  hush() {
    const report = this.stop("cleared");
    const { newest, hushed, tail } = this;
    this.forgetAll();
    this.tail = tail;
    this.newest = newest;
    this.hushed = Math.max(newest, hushed);
    return report;
  }

  stop(type) {
    if (this.item === null) return null;
    this.tail = this.playing ? this.takeTail() : null;
    const report = { type, ...this.report() };
    this.events.push(report);
    return report;
  }

  takeTail() {
    const tail = new Float32Array(FADE_SAMPLES);
    const count = this.copy(tail, 0);
    for (let i = 0; i < FADE_SAMPLES; i += 1) {
      const sample = i < count ? tail[i] : this.last;
      tail[i] = sample * (1 - (i + 1) / FADE_SAMPLES);
    }
    return tail;
  }

  /** How much was heard of the item that plays, in whole milliseconds. */
  report() {
    return {
      generation: this.generation,
      item: this.item,
      ms: Math.floor((this.heard * 1000) / this.rate),
    };
  }

  /** Fill `out` (one block of the audio clock) with the next samples, else with silence. */
  render(out) {
    out.fill(0);
    if (this.tail) {
      out.set(this.tail.subarray(0, out.length));
      this.tail = null;
      this.last = 0;
      return;
    }
    if (!this.playing && !this.mayStart(out.length)) return;
    const count = this.copy(out, 0);
    this.shapeEdges(out, count);
    if (this.waiting === 0) this.runDry();
  }

  mayStart(blockLength) {
    if (this.waiting === 0) return false;
    this.waited += blockLength;
    if (this.waiting < this.prefill && this.waited < this.patience) return false;
    this.playing = true;
    this.fadeIn = FADE_SAMPLES;
    return true;
  }

  runDry() {
    this.playing = false;
    this.waited = 0;
    this.events.push({ type: "drained", ...this.report() });
  }

  /** Copy queued samples to `out` from `start`; counts what each item got. Returns how many. */
  copy(out, start) {
    let at = start;
    while (at < out.length && this.chunks.length > 0) {
      const chunk = this.chunks[0];
      if (chunk.item !== this.item) this.beginItem(chunk.item);
      const count = Math.min(out.length - at, chunk.samples.length - this.offset);
      out.set(chunk.samples.subarray(this.offset, this.offset + count), at);
      at += count;
      this.offset += count;
      this.heard += count;
      this.waiting -= count;
      if (this.offset === chunk.samples.length) {
        this.chunks.shift();
        this.offset = 0;
      }
    }
    return at - start;
  }

  beginItem(item) {
    if (this.item !== null) this.events.push({ type: "finished", ...this.report() });
    this.item = item;
    this.heard = 0;
    this.events.push({ type: "started", ...this.report() });
  }

  /** Fade in from silence; when the block was not filled, let the last sample die away. */
  shapeEdges(out, count) {
    for (let i = 0; i < count && this.fadeIn > 0; i += 1) {
      out[i] *= 1 - this.fadeIn / FADE_SAMPLES;
      this.fadeIn -= 1;
    }
    if (count > 0) this.last = out[count - 1];
    const fade = Math.min(FADE_SAMPLES, out.length - count);
    for (let i = 0; i < fade; i += 1) out[count + i] = this.last * (1 - (i + 1) / fade);
    if (count < out.length) this.last = 0;
  }

  /** What happened since it was last asked, oldest first. */
  takeEvents() {
    const events = this.events;
    this.events = [];
    return events;
  }
}
