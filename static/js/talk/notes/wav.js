// Makes a WAV file of a recording. Samples are mu-law, one byte each: that halves the upload, which
// counts on a bad network, and a recogniser needs no more.

import { WIRE_RATE } from "../../audio/pcm.js";

const BIAS = 132;
const MOST = 32635;
const MULAW = 7;
const HEAD_BYTES = 44;

/** One 16 bit sample as a mu-law byte (G.711). */
export function mulaw(sample) {
  const sign = sample < 0 ? 0x80 : 0;
  const level = Math.min(MOST, Math.abs(sample)) + BIAS;
  const exponent = 31 - Math.clz32(level) - 7;
  return ~(sign | (exponent << 4) | ((level >> (exponent + 3)) & 15)) & 0xff;
}

/** A WAV file of `frames`, each an ArrayBuffer of PCM16 (little endian, mono, 24 kHz). */
export function wav(frames) {
  const samples = frames.reduce((sum, frame) => sum + frame.byteLength / 2, 0);
  const padded = samples + (samples % 2);
  const buffer = new ArrayBuffer(HEAD_BYTES + padded);
  const view = new DataView(buffer);
  const name = (at, text) => {
    for (let i = 0; i < 4; i += 1) view.setUint8(at + i, text.charCodeAt(i));
  };
  name(0, "RIFF");
  view.setUint32(4, HEAD_BYTES - 8 + padded, true);
  name(8, "WAVE");
  name(12, "fmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, MULAW, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, WIRE_RATE, true);
  view.setUint32(28, WIRE_RATE, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  name(36, "data");
  view.setUint32(40, samples, true);
  let at = HEAD_BYTES;
  for (const frame of frames) {
    const piece = new DataView(frame);
    for (let i = 0; i < frame.byteLength; i += 2) {
      view.setUint8(at, mulaw(piece.getInt16(i, true)));
      at += 1;
    }
  }
  return buffer;
}
