import "./browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  FRAME_SAMPLES,
  Framer,
  loudness,
  readFrame,
  rms,
  toFloat,
  toInt16,
  toWire,
} from "../../static/js/audio/pcm.js";
import { Resampler } from "../../static/js/audio/resampler.js";

function tone(hertz, rate, seconds, amplitude = 0.5) {
  const out = new Float32Array(Math.round(rate * seconds));
  for (let i = 0; i < out.length; i += 1) {
    out[i] = amplitude * Math.sin((2 * Math.PI * hertz * i) / rate);
  }
  return out;
}

function resample(input, from, to, piece) {
  const resampler = new Resampler(from, to);
  const room = new Float32Array(resampler.room(piece));
  const out = [];
  for (let i = 0; i < input.length; i += piece) {
    const count = resampler.process(input.subarray(i, i + piece), room);
    out.push(...room.subarray(0, count));
  }
  return Float32Array.from(out);
}

test("floats become integers, clamped at both ends", () => {
  assert.deepEqual(
    [...toInt16(Float32Array.of(0, 1, -1, 2, -2, 0.5))],
    [0, 32767, -32768, 32767, -32768, 16384],
  );
});

test("integers survive the way to floats and back", () => {
  const samples = Int16Array.of(0, 1, -1, 1000, -1000, 32767, -32768);
  const back = toInt16(toFloat(samples));
  for (const [i, sample] of samples.entries()) assert.ok(Math.abs(sample - back[i]) <= 1);
});

test("the wire is little endian", () => {
  assert.deepEqual([...new Uint8Array(toWire(Int16Array.of(0x0102, -2)))], [2, 1, 0xfe, 0xff]);
});

test("a frame is read with its generation, item and samples", () => {
  const buffer = new ArrayBuffer(12);
  const view = new DataView(buffer);
  view.setUint32(0, 70000, true);
  view.setUint16(4, 9, true);
  view.setInt16(8, -5, true);
  view.setInt16(10, 300, true);
  const frame = readFrame(buffer);
  assert.equal(frame.generation, 70000);
  assert.equal(frame.item, 9);
  assert.deepEqual([...frame.samples], [-5, 300]);
});

test("a frame that is too short or holds half a sample is refused", () => {
  assert.equal(readFrame(new ArrayBuffer(7)), null);
  assert.equal(readFrame(new ArrayBuffer(9)), null);
});

for (const [from, to] of [
  [48000, 24000],
  [44100, 24000],
  [16000, 24000],
  [24000, 48000],
]) {
  test(`a tone keeps its length, level and shape from ${from} to ${to} Hz`, () => {
    const out = resample(tone(440, from, 1), from, to, 128);
    assert.ok(Math.abs(out.length - to) < 80, `${out.length} samples`);
    const delay = 200;
    const middle = out.subarray(delay, out.length - delay);
    assert.ok(Math.abs(rms(middle) - 0.5 / Math.SQRT2) < 0.004, `rms ${rms(middle)}`);
    const ideal = tone(440, to, 1);
    let worst = 0;
    for (let i = delay; i < out.length - delay; i += 1) {
      worst = Math.max(worst, Math.abs(out[i] - ideal[i]));
    }
    assert.ok(worst < 0.01, `off by ${worst}`);
  });
}

test("what lies above the new Nyquist frequency does not fold back", () => {
  const out = resample(tone(15000, 48000, 0.5), 48000, 24000, 128);
  assert.ok(rms(out.subarray(200)) < 0.003, `rms ${rms(out.subarray(200))}`);
});

test("the pieces' size changes nothing", () => {
  const input = tone(700, 48000, 0.2);
  const small = resample(input, 48000, 24000, 31);
  const large = resample(input, 48000, 24000, 2400);
  const count = Math.min(small.length, large.length);
  for (let i = 0; i < count; i += 1) assert.ok(Math.abs(small[i] - large[i]) < 1e-6);
});

test("the same rate passes through", () => {
  const input = tone(300, 24000, 0.01);
  assert.deepEqual(resample(input, 24000, 24000, input.length), input);
});

test("frames hold 20 ms each, whatever the blocks", () => {
  const frames = [];
  const framer = new Framer(FRAME_SAMPLES, (samples, level) => frames.push([samples, level]));
  for (let i = 0; i < 15; i += 1) framer.push(new Float32Array(128).fill(0.25));
  assert.equal(frames.length, 4);
  assert.equal(frames[0][0].length, 480);
  assert.ok(Math.abs(frames[0][1] - 0.25) < 1e-6);
});

test("loudness is 0 in silence, 1 in loud speech and grows between", () => {
  assert.equal(loudness(0), 0);
  assert.equal(loudness(0.5), 1);
  assert.ok(loudness(0.01) > 0.3 && loudness(0.01) < loudness(0.05));
});
