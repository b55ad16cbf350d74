// Sample maths. No globals and no browser: used by the page, inside the worklets and by the tests.
// PCM is signed 16 bit little endian mono; floats lie in [-1, 1]; rates are in Hz.

export const WIRE_RATE = 24000;
export const FRAME_SAMPLES = 480; // 20 ms at the wire's rate
export const HEADER_BYTES = 8;

const ZERO_CROSSINGS = 12;
const TABLE_STEPS = 4096;
const ROLL_OFF = 0.94; // of the lower Nyquist frequency, so that the filter's slope stays below it
const MAX_INPUT = 8192;

/** Floats to 16 bit integers, clamped. */
export function toInt16(floats, count = floats.length) {
  const out = new Int16Array(count);
  for (let i = 0; i < count; i += 1) {
    const sample = Math.max(-1, Math.min(1, floats[i]));
    out[i] = Math.round(sample < 0 ? sample * 32768 : sample * 32767);
  }
  return out;
}

/** 16 bit integers to floats. */
export function toFloat(integers) {
  const out = new Float32Array(integers.length);
  for (let i = 0; i < integers.length; i += 1) out[i] = integers[i] / 32768;
  return out;
}

/** Root mean square of the first `count` floats; 0 for silence, about 0.1 for clear speech. */
export function rms(floats, count = floats.length) {
  if (count === 0) return 0;
  let sum = 0;
  for (let i = 0; i < count; i += 1) sum += floats[i] * floats[i];
  return Math.sqrt(sum / count);
}

/** An RMS as 0..1 for the eye: -60 dB is 0, -12 dB (loud speech) is 1. */
export function loudness(value) {
  if (value <= 0) return 0;
  const decibels = 20 * Math.log10(value);
  return Math.max(0, Math.min(1, (decibels + 60) / 48));
}

/**
 * One binary frame from the server: uint32 generation, uint16 item, uint16 flags, then samples.
 * Returns null when it is too short or holds half a sample.
 */
export function readFrame(buffer) {
  const bytes = buffer.byteLength - HEADER_BYTES;
  if (bytes < 0 || bytes % 2) return null;
  const view = new DataView(buffer);
  const samples = new Int16Array(bytes / 2);
  for (let i = 0; i < samples.length; i += 1) {
    samples[i] = view.getInt16(HEADER_BYTES + i * 2, true);
  }
  return { generation: view.getUint32(0, true), item: view.getUint16(4, true), samples };
}

/** The bytes of the samples as the wire wants them, whatever the machine's own byte order. */
export function toWire(integers) {
  const buffer = new ArrayBuffer(integers.length * 2);
  const view = new DataView(buffer);
  for (let i = 0; i < integers.length; i += 1) view.setInt16(i * 2, integers[i], true);
  return buffer;
}

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

/** Collects samples into frames of `size` and hands each full one to `emit(frame, rms)`. */
export class Framer {
  constructor(size, emit) {
    this.frame = new Float32Array(size);
    this.filled = 0;
    this.emit = emit;
  }

  push(samples, count = samples.length) {
    for (let i = 0; i < count; i += 1) {
      this.frame[this.filled] = samples[i];
      this.filled += 1;
      if (this.filled === this.frame.length) {
        this.filled = 0;
        this.emit(toInt16(this.frame), rms(this.frame));
      }
    }
  }
}
