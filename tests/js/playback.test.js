import "./browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { JitterBuffer } from "../../static/js/audio/jitter_buffer.js";
import { rms } from "../../static/js/audio/pcm.js";
import { PlaybackMonitor } from "../../static/js/audio/playback_monitor.js";

const RATE = 24000;
const BLOCK = 128;
const loud = (ms) => new Int16Array((ms * RATE) / 1000).fill(8000);

function render(buffer, blocks) {
  const out = new Float32Array(BLOCK);
  const all = [];
  for (let i = 0; i < blocks; i += 1) {
    buffer.render(out);
    all.push(rms(out));
  }
  return all;
}

const kinds = (buffer) => buffer.takeEvents().map((event) => event.type);

test("nothing sounds until 200 ms are there, then it plays without a gap", () => {
  const buffer = new JitterBuffer(RATE);
  buffer.push(0, 0, loud(100));
  assert.deepEqual(render(buffer, 2), [0, 0]);
  buffer.push(0, 0, loud(100));
  const levels = render(buffer, 37);
  assert.ok(
    levels.every((level) => level > 0.1),
    "no block is silent",
  );
  assert.equal(buffer.report().ms, Math.floor((37 * BLOCK * 1000) / RATE));
});

test("an item shorter than the prefill starts after a moment of patience", () => {
  const buffer = new JitterBuffer(RATE);
  buffer.push(0, 0, loud(60));
  const levels = render(buffer, 80);
  const first = levels.findIndex((level) => level > 0);
  assert.ok(first > 30 && first < 60, `began at block ${first}`);
  assert.deepEqual(kinds(buffer), ["started", "drained"]);
  assert.equal(buffer.report().ms, 60);
});

test("the next item follows without a gap and each is counted for itself", () => {
  const buffer = new JitterBuffer(RATE);
  buffer.push(0, 0, loud(200));
  buffer.push(0, 1, loud(200));
  const levels = render(buffer, 76);
  assert.ok(levels.slice(0, 74).every((level) => level > 0.1));
  const events = buffer.takeEvents();
  assert.deepEqual(
    events.map(({ type, item, ms }) => [type, item, ms]),
    [
      ["started", 0, 0],
      ["finished", 0, 200],
      ["started", 1, 0],
      ["drained", 1, 200],
    ],
  );
});

test("a clear is silent after one block, without a click, and says what was heard", () => {
  const buffer = new JitterBuffer(RATE);
  buffer.push(1, 0, loud(1000));
  render(buffer, 40);
  const report = buffer.clear(2);
  assert.equal(report.generation, 1);
  assert.ok(report.ms >= 213 && report.ms <= 218, `${report.ms} ms`);
  const out = new Float32Array(BLOCK);
  buffer.render(out);
  assert.ok(out[0] > 0.2 && out[0] < 0.25 && out[95] === 0, "fades within the block");
  for (let i = 1; i < BLOCK; i += 1) assert.ok(Math.abs(out[i] - out[i - 1]) < 0.01, "no step");
  assert.ok(render(buffer, 20).every((level) => level === 0));
});

test("frames of an older generation are dropped, of a newer one they clear", () => {
  const buffer = new JitterBuffer(RATE);
  buffer.clear(3);
  assert.equal(buffer.push(2, 0, loud(500)), false);
  assert.equal(buffer.waiting, 0);
  assert.equal(buffer.push(3, 1, loud(500)), true);
  render(buffer, 10);
  assert.equal(buffer.push(4, 2, loud(300)), true);
  assert.equal(buffer.waiting, 300 * 24, "only the newer generation waits");
});

test("a clear before anything sounded reports nothing", () => {
  const buffer = new JitterBuffer(RATE);
  buffer.push(1, 0, loud(100));
  assert.equal(buffer.clear(2), null);
  assert.deepEqual(kinds(buffer), []);
});

test("hush drops the items so far and lets the next one through", () => {
  const buffer = new JitterBuffer(RATE);
  buffer.push(1, 4, loud(500));
  render(buffer, 10);
  buffer.hush();
  assert.equal(buffer.push(1, 4, loud(100)), false);
  assert.equal(buffer.push(1, 5, loud(300)), true);
  assert.ok(render(buffer, 12).at(-1) > 0.1);
});

test("when the network stalls the last sample dies away and the item's count goes on", () => {
  const buffer = new JitterBuffer(RATE);
  buffer.push(0, 0, loud(210));
  const levels = render(buffer, 45);
  assert.equal(levels.at(-1), 0);
  buffer.push(0, 0, loud(300));
  render(buffer, 10);
  assert.ok(buffer.report().ms > 210);
  assert.deepEqual(kinds(buffer), ["started", "drained"]);
});

test("at the device's own rate the milliseconds are the same", () => {
  const buffer = new JitterBuffer(48000);
  for (let i = 0; i < 10; i += 1) buffer.push(0, 0, loud(100));
  render(buffer, 400);
  assert.ok(Math.abs(buffer.report().ms - 1000) <= 1, `${buffer.report().ms} ms`);
});

test("the buffer is bounded", () => {
  const buffer = new JitterBuffer(RATE);
  let taken = 0;
  while (buffer.push(0, 0, loud(1000)) && taken < 1000) taken += 1;
  assert.ok(taken < 200, `${taken} s`);
});

test("the monitor tells a pause between words from silence", () => {
  const monitor = new PlaybackMonitor();
  assert.deepEqual(monitor.measure(0, 0.1), { state: "audible", time: 0 });
  assert.equal(monitor.measure(0.05, 0), null);
  assert.equal(monitor.measure(0.1, 0.1), null, "still audible after a pause of 50 ms");
  assert.equal(monitor.measure(0.2, 0), null);
  assert.deepEqual(monitor.measure(0.41, 0), { state: "silent", time: 0.2 });
  assert.equal(monitor.measure(0.5, 0), null);
});

test("after a cut silence counts from its first block", () => {
  const monitor = new PlaybackMonitor();
  monitor.measure(0, 0.1);
  monitor.measure(0.01, 0);
  assert.deepEqual(monitor.settle(), { state: "silent", time: 0.01 });
  assert.equal(monitor.settle(), null);
});

test("the peak is the loudest block of the last 200 ms", () => {
  const monitor = new PlaybackMonitor();
  monitor.measure(0, 0.4);
  monitor.measure(0.1, 0.2);
  assert.equal(monitor.peak, 0.4);
  monitor.measure(0.25, 0.1);
  assert.equal(monitor.peak, 0.2);
});
