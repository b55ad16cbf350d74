import "./browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";

const made = {};
globalThis.AudioWorkletProcessor = class {
  constructor() {
    this.posted = [];
    this.port = { postMessage: (message) => this.posted.push(message) };
  }
};
globalThis.registerProcessor = (name, processor) => {
  made[name] = processor;
};
globalThis.sampleRate = 48000;
globalThis.currentTime = 0;
await import("../../static/js/audio/capture.worklet.js");
await import("../../static/js/audio/playback.worklet.js");

const BLOCK = 128;

/** Let `worklet` live for `seconds` of the audio clock; returns the RMS of each block. */
function run(worklet, seconds) {
  const levels = [];
  for (let i = 0; i < (seconds * sampleRate) / BLOCK; i += 1) {
    const out = [new Float32Array(BLOCK), new Float32Array(BLOCK)];
    worklet.process([], [out]);
    levels.push(Math.sqrt(out[1].reduce((sum, x) => sum + x * x, 0) / BLOCK));
    globalThis.currentTime += BLOCK / sampleRate;
  }
  return levels;
}

function frame(generation, item, ms) {
  const buffer = new ArrayBuffer(8 + ms * 48);
  const view = new DataView(buffer);
  view.setUint32(0, generation, true);
  view.setUint16(4, item, true);
  for (let i = 0; i < ms * 24; i += 1) view.setInt16(8 + i * 2, 9000, true);
  return buffer;
}

const told = (worklet, type) => worklet.posted.filter((message) => message.type === type);

test("a microphone at 48 kHz becomes frames of 960 bytes, fifty a second", () => {
  const capture = new made.capture();
  const block = new Float32Array(BLOCK).fill(0.5);
  for (let i = 0; i < sampleRate / BLOCK; i += 1) capture.process([[block]]);
  assert.ok(Math.abs(capture.posted.length - 50) <= 1, `${capture.posted.length} frames`);
  assert.ok(capture.posted.every(({ pcm }) => pcm.byteLength === 960));
  const sample = new DataView(capture.posted[10].pcm).getInt16(100, true);
  assert.ok(Math.abs(sample - 16384) < 100, `${sample}`);
  assert.ok(Math.abs(capture.posted[10].rms - 0.5) < 0.01);
});

test("a microphone that has nothing connected yet is waited for", () => {
  const capture = new made.capture();
  assert.equal(capture.process([[]]), true);
  assert.equal(capture.posted.length, 0);
});

test("playback tells what was heard, when it is audible and when it has run dry", () => {
  const playback = new made.playback();
  const begun = globalThis.currentTime;
  for (let i = 0; i < 5; i += 1) playback.port.onmessage({ data: frame(0, 3, 100) });
  run(playback, 1);
  const [audible, silent] = told(playback, "audio");
  assert.equal(audible.state, "audible");
  assert.ok(audible.time - begun < 0.01);
  assert.equal(silent.state, "silent");
  assert.ok(Math.abs(silent.time - begun - 0.5) < 0.01, `${silent.time - begun} s`);
  const [drained] = told(playback, "drained");
  assert.equal(drained.item, 3);
  assert.ok(Math.abs(drained.ms - 500) <= 1);
  const last = told(playback, "status").at(-1);
  assert.ok(Math.abs(last.playedMs - 500) <= 1);
  assert.equal(last.playing, false);
});

test("a clear is silence from the second block on, told with its time", () => {
  const playback = new made.playback();
  for (let i = 0; i < 10; i += 1) playback.port.onmessage({ data: frame(0, 0, 100) });
  run(playback, 0.3);
  const at = globalThis.currentTime;
  playback.port.onmessage({ data: { type: "clear", generation: 1 } });
  const levels = run(playback, 0.1);
  assert.ok(levels[0] > 0, "the fade");
  assert.ok(levels.slice(1).every((level) => level === 0));
  const silent = told(playback, "audio").at(-1);
  assert.equal(silent.state, "silent");
  assert.ok(silent.time - at < 0.006, `${silent.time - at} s`);
  const [cleared] = told(playback, "cleared");
  assert.equal(cleared.generation, 0);
  assert.ok(Math.abs(cleared.ms - 300) < 10, `${cleared.ms} ms`);
  playback.port.onmessage({ data: frame(0, 0, 100) });
  assert.ok(
    run(playback, 0.5).every((level) => level === 0),
    "a late frame is not heard",
  );
});
