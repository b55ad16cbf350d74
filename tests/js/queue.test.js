import assert from "node:assert/strict";
import { test } from "node:test";
import { PlaybackQueue } from "../../static/js/audio/jitter_buffer.js";
import { rms } from "../../static/js/audio/pcm.js";
import { Ear } from "../../static/js/audio/playback_monitor.js";

const RATE = 24000;
const BLOCK = 128;
const loud = (ms) => new Int16Array((ms * RATE) / 1000).fill(8000);

function render(queue, blocks) {
  const out = new Float32Array(BLOCK);
  const all = [];
  for (let i = 0; i < blocks; i += 1) {
    queue.render(out);
    all.push(rms(out));
  }
  return all;
}

const kinds = (queue) => queue.takeEvents().map((event) => event.type);

test("nothing sounds until 200 ms are there, then it plays without a gap", () => {
  const queue = new PlaybackQueue(RATE);
  queue.push(0, 0, loud(100));
  assert.deepEqual(render(queue, 2), [0, 0]);
  queue.push(0, 0, loud(100));
  const levels = render(queue, 37);
  assert.ok(
    levels.every((level) => level > 0.1),
    "no block is silent",
  );
  assert.equal(queue.report().ms, Math.floor((37 * BLOCK * 1000) / RATE));
});

test("an item shorter than the prefill starts after a moment of patience", () => {
  const queue = new PlaybackQueue(RATE);
  queue.push(0, 0, loud(60));
  const levels = render(queue, 80);
  const first = levels.findIndex((level) => level > 0);
  assert.ok(first > 30 && first < 60, `began at block ${first}`);
  assert.deepEqual(kinds(queue), ["started", "drained"]);
  assert.equal(queue.report().ms, 60);
});

test("the next item follows without a gap and each is counted for itself", () => {
  const queue = new PlaybackQueue(RATE);
  queue.push(0, 0, loud(200));
  queue.push(0, 1, loud(200));
  const levels = render(queue, 76);
  assert.ok(levels.slice(0, 74).every((level) => level > 0.1));
  const events = queue.takeEvents();
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
  const queue = new PlaybackQueue(RATE);
  queue.push(1, 0, loud(1000));
  render(queue, 40);
  const report = queue.clear(2);
  assert.equal(report.generation, 1);
  assert.ok(report.ms >= 213 && report.ms <= 218, `${report.ms} ms`);
  const out = new Float32Array(BLOCK);
  queue.render(out);
  assert.ok(out[0] > 0.2 && out[0] < 0.25 && out[95] === 0, "fades within the block");
  for (let i = 1; i < BLOCK; i += 1) assert.ok(Math.abs(out[i] - out[i - 1]) < 0.01, "no step");
  assert.ok(render(queue, 20).every((level) => level === 0));
});

test("frames of an older generation are dropped, of a newer one they clear", () => {
  const queue = new PlaybackQueue(RATE);
  queue.clear(3);
  assert.equal(queue.push(2, 0, loud(500)), false);
  assert.equal(queue.waiting, 0);
  assert.equal(queue.push(3, 1, loud(500)), true);
  render(queue, 10);
  assert.equal(queue.push(4, 2, loud(300)), true);
  assert.equal(queue.waiting, 300 * 24, "only the newer generation waits");
});

test("a clear before anything sounded reports nothing", () => {
  const queue = new PlaybackQueue(RATE);
  queue.push(1, 0, loud(100));
  assert.equal(queue.clear(2), null);
  assert.deepEqual(kinds(queue), []);
});

test("hush drops the items so far and lets the next one through", () => {
  const queue = new PlaybackQueue(RATE);
  queue.push(1, 4, loud(500));
  render(queue, 10);
  queue.hush();
  assert.equal(queue.push(1, 4, loud(100)), false);
  assert.equal(queue.push(1, 5, loud(300)), true);
  assert.ok(render(queue, 12).at(-1) > 0.1);
});

test("when the network stalls the last sample dies away and the item's count goes on", () => {
  const queue = new PlaybackQueue(RATE);
  queue.push(0, 0, loud(210));
  const levels = render(queue, 45);
  assert.equal(levels.at(-1), 0);
  queue.push(0, 0, loud(300));
  render(queue, 10);
  assert.ok(queue.report().ms > 210);
  assert.deepEqual(kinds(queue), ["started", "drained"]);
});

test("at the device's own rate the milliseconds are the same", () => {
  const queue = new PlaybackQueue(48000);
  for (let i = 0; i < 10; i += 1) queue.push(0, 0, loud(100));
  render(queue, 400);
  assert.ok(Math.abs(queue.report().ms - 1000) <= 1, `${queue.report().ms} ms`);
});

test("the queue is bounded", () => {
  const queue = new PlaybackQueue(RATE);
  let taken = 0;
  while (queue.push(0, 0, loud(1000)) && taken < 1000) taken += 1;
  assert.ok(taken < 200, `${taken} s`);
});

test("the ear tells a pause between words from silence", () => {
  const ear = new Ear();
  assert.deepEqual(ear.listen(0, 0.1), { state: "audible", time: 0 });
  assert.equal(ear.listen(0.05, 0), null);
  assert.equal(ear.listen(0.1, 0.1), null, "still audible after a pause of 50 ms");
  assert.equal(ear.listen(0.2, 0), null);
  assert.deepEqual(ear.listen(0.41, 0), { state: "silent", time: 0.2 });
  assert.equal(ear.listen(0.5, 0), null);
});

test("after a cut silence counts from its first block", () => {
  const ear = new Ear();
  ear.listen(0, 0.1);
  ear.listen(0.01, 0);
  assert.deepEqual(ear.settle(), { state: "silent", time: 0.01 });
  assert.equal(ear.settle(), null);
});

test("the peak is the loudest block of the last 200 ms", () => {
  const ear = new Ear();
  ear.listen(0, 0.4);
  ear.listen(0.1, 0.2);
  assert.equal(ear.peak, 0.4);
  ear.listen(0.25, 0.1);
  assert.equal(ear.peak, 0.2);
});
