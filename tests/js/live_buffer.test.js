import "./browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { LiveBuffer } from "../../static/js/audio/live_buffer.js";
import { rms } from "../../static/js/audio/pcm.js";

const RATE = 24000;
const BLOCK = 128;
const BLOCK_MS = (BLOCK * 1000) / RATE;
const FRAME = new Int16Array(480).fill(8000); // 20 ms
const MOST_MS = 120 + 60 + 20; // the longest prefill, its slack, and the frame that exceeds both

const owed = new WeakMap(); // by buffer: ms that are less than a block

/** Renders for `ms`; answers with the level of each block. */
function render(buffer, ms) {
  const levels = [];
  let left = (owed.get(buffer) ?? 0) + ms;
  for (; left >= BLOCK_MS; left -= BLOCK_MS) {
    const out = new Float32Array(BLOCK);
    buffer.mix(out);
    levels.push(rms(out));
  }
  owed.set(buffer, left);
  return levels;
}

/** A generator of numbers in [0, 1) that is the same in each run. */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}

test("it begins after two frames, and goes on without a gap while they come in time", () => {
  const buffer = new LiveBuffer(RATE);
  buffer.push(1, FRAME);
  assert.deepEqual(render(buffer, 15), [0, 0]);
  buffer.push(1, FRAME);
  let silent = 0;
  for (let i = 0; i < 50; i += 1) {
    silent += render(buffer, 20).filter((level) => level === 0).length;
    buffer.push(1, FRAME);
  }
  assert.equal(silent, 0);
  assert.equal(buffer.gaps, 0);
});

test("what came late is dropped: nobody is heard later and later", () => {
  const buffer = new LiveBuffer(RATE);
  for (let i = 0; i < 3; i += 1) buffer.push(1, FRAME);
  render(buffer, 20);
  for (let i = 0; i < 50; i += 1) buffer.push(1, FRAME); // a second at once
  assert.ok(buffer.waitingMs <= 100, `${buffer.waitingMs} ms wait`);
});

test("a frame of an older generation is dropped, and a clear is silence within one block", () => {
  const buffer = new LiveBuffer(RATE);
  for (let i = 0; i < 3; i += 1) buffer.push(4, FRAME);
  render(buffer, 20);
  buffer.clear(5);
  assert.equal(buffer.push(4, FRAME), false);
  render(buffer, BLOCK_MS); // it dies away
  assert.ok(render(buffer, 100).every((level) => level === 0));
  assert.ok(buffer.push(6, FRAME));
  assert.equal(buffer.generation, 6);
});

test("a gap makes it wait longer, calm makes it wait shorter again", () => {
  const buffer = new LiveBuffer(RATE);
  for (let i = 0; i < 2; i += 1) buffer.push(1, FRAME);
  render(buffer, 60); // it runs dry
  buffer.push(1, FRAME);
  assert.equal(buffer.gaps, 1);
  assert.equal(buffer.prefillMs, 60);
  for (let i = 0; i < 1200; i += 1) {
    buffer.push(1, FRAME);
    render(buffer, 20);
  }
  assert.equal(buffer.prefillMs, 40);
});

test("a pause of the speaker's own is no gap", () => {
  const buffer = new LiveBuffer(RATE);
  for (let i = 0; i < 2; i += 1) buffer.push(1, FRAME);
  render(buffer, 400);
  buffer.push(1, FRAME);
  assert.equal(buffer.gaps, 0);
});

test("on a network of any kind it is bounded, and what it played is what came or less", () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const next = numbers(seed);
    const buffer = new LiveBuffer(RATE);
    let pushed = 0;
    let played = 0;
    for (let step = 0; step < 300; step += 1) {
      const burst = Math.floor(next() * next() * 12);
      for (let i = 0; i < burst; i += 1) {
        buffer.push(1, FRAME);
        pushed += FRAME.length;
        assert.ok(buffer.waitingMs <= MOST_MS, `seed ${seed}: ${buffer.waitingMs} ms wait`);
      }
      const blocks = Math.floor(next() * 12);
      for (let i = 0; i < blocks; i += 1) {
        const out = new Float32Array(BLOCK);
        played += buffer.mix(out);
        assert.ok(out.every((sample) => Math.abs(sample) <= 0.2442));
      }
      assert.ok(buffer.prefillMs >= 40 && buffer.prefillMs <= 120);
      assert.ok(buffer.waiting >= 0);
    }
    assert.ok(played + buffer.waiting <= pushed);
  }
});

test("it is added to what sounds already, at the rate of the device", () => {
  const buffer = new LiveBuffer(48000);
  for (let i = 0; i < 4; i += 1) buffer.push(1, FRAME);
  const out = new Float32Array(BLOCK).fill(0.1);
  for (let i = 0; i < 3; i += 1) {
    out.fill(0.1);
    buffer.mix(out);
  }
  assert.ok(Math.abs(out[100] - (0.1 + 8000 / 32768)) < 0.02, `${out[100]}`);
});
