// Calculates with samples. The page, the worklets and the tests use it, so it needs no browser.
// PCM is signed 16 bit little endian mono; floats lie in [-1, 1]; rates are in Hz.

export const WIRE_RATE = 24000;
export const FRAME_SAMPLES = 480; // 20 ms at the wire's rate
export const HEADER_BYTES = 8;
export const LIVE = 1; // a flag of the header: somebody speaks at this moment

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
  const live = (view.getUint16(6, true) & LIVE) !== 0;
  return { generation: view.getUint32(0, true), item: view.getUint16(4, true), live, samples };
}

/** The bytes of the samples as the wire wants them, whatever the machine's own byte order. */
export function toWire(integers) {
  const buffer = new ArrayBuffer(integers.length * 2);
  const view = new DataView(buffer);
  for (let i = 0; i < integers.length; i += 1) view.setInt16(i * 2, integers[i], true);
  return buffer;
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
