// Resamples for devices whose rate is not the server's. It needs no browser.

const ZERO_CROSSINGS = 12;
const TABLE_STEPS = 4096;
const ROLL_OFF = 0.94; // of the lower Nyquist frequency, so that the filter's slope stays below it
const MAX_INPUT = 8192;

/**
 * Streaming windowed-sinc resampler: feed pieces of any size, the joints are inaudible.
 * Delay: `latency` input samples (0.5 ms from 48 to 24 kHz).
 */
export class Resampler {
  constructor(from, to) {
    this.step = from / to;
    this.plain = from === to;
    const cutoff = Math.min(1, to / from) * ROLL_OFF;
    this.half = Math.ceil(ZERO_CROSSINGS / cutoff);
    this.table = sincTable(cutoff, this.half);
    this.buffer = new Float32Array(this.half * 2 + MAX_INPUT);
    this.reset();
  }

  get latency() {
    return this.plain ? 0 : this.half;
  }

  reset() {
    this.buffer.fill(0);
    this.filled = this.half; // silence before the first sample
    this.at = this.half; // where in the buffer the next output stands
  }

  /** How many output samples `count` input samples can make at most. */
  room(count) {
    return Math.ceil(count / this.step) + 2;
  }

  /** Resample `input` into `output`; returns how many samples were written. */
  process(input, output) {
    if (this.plain) {
      output.set(input);
      return input.length;
    }
    if (input.length > MAX_INPUT) throw new RangeError(`at most ${MAX_INPUT} samples a piece`);
    this.buffer.set(input, this.filled);
    this.filled += input.length;
    let written = 0;
    while (this.at + this.half < this.filled) {
      output[written] = this.convolve(this.at);
      written += 1;
      this.at += this.step;
    }
    this.forget();
    return written;
  }

  convolve(at) {
    const { buffer, table, half } = this;
    const first = Math.ceil(at - half);
    const last = Math.floor(at + half);
    const scale = TABLE_STEPS / half;
    let sum = 0;
    for (let i = first; i <= last; i += 1) {
      const place = Math.abs(i - at) * scale;
      const index = Math.floor(place);
      const low = table[index];
      sum += buffer[i] * (low + (table[index + 1] - low) * (place - index));
    }
    return sum;
  }

  forget() {
    const old = Math.floor(this.at) - this.half;
    if (old <= 0) return;
    this.buffer.copyWithin(0, old, this.filled);
    this.filled -= old;
    this.at -= old;
  }
}

/** Right half of a Blackman-windowed sinc over [0, half], with two zeros behind it. */
function sincTable(cutoff, half) {
  const table = new Float32Array(TABLE_STEPS + 2);
  for (let i = 0; i < TABLE_STEPS; i += 1) {
    const t = (i / TABLE_STEPS) * half;
    const x = Math.PI * cutoff * t;
    const phase = (Math.PI * i) / TABLE_STEPS;
    const window = 0.42 + 0.5 * Math.cos(phase) + 0.08 * Math.cos(2 * phase);
    table[i] = cutoff * (i === 0 ? 1 : Math.sin(x) / x) * window;
  }
  return table;
}
