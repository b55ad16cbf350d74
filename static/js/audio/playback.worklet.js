// Plays the frames that the server sends, and tells the page what was heard of them. The rules are
// in jitter_buffer.js, and in live_buffer.js for a person who speaks at this moment.

import { JitterBuffer } from "./jitter_buffer.js";
import { LiveBuffer } from "./live_buffer.js";
import { readFrame, rms } from "./pcm.js";
import { PlaybackMonitor } from "./playback_monitor.js";

const STATUS_S = 0.05;

class Playback extends AudioWorkletProcessor {
  constructor() {
    super();
    this.buffer = new JitterBuffer(sampleRate);
    this.live = new LiveBuffer(sampleRate);
    this.monitor = new PlaybackMonitor();
    this.livePlayed = 0; // samples of persons
    this.played = 0; // samples of coach audio rendered, all items together
    this.nextStatus = 0;
    this.cut = false;
    this.port.onmessage = ({ data }) => this.command(data);
  }

  command(data) {
    if (data instanceof ArrayBuffer) {
      const frame = readFrame(data);
      if (frame?.live) this.live.push(frame.generation, frame.samples);
      else if (frame) this.buffer.push(frame.generation, frame.item, frame.samples);
    } else if (data.type === "clear") {
      this.buffer.clear(data.generation);
      this.live.clear(data.generation);
      this.cut = true;
    } else if (data.type === "hush") {
      this.buffer.hush();
      this.cut = true;
    }
    this.tell();
  }

  process(_inputs, [output]) {
    const out = output[0];
    const before = this.buffer.waiting;
    this.buffer.render(out);
    this.played += before - this.buffer.waiting;
    this.livePlayed += this.live.mix(out);
    for (let i = 1; i < output.length; i += 1) output[i].set(out);
    const level = rms(out);
    let change = this.monitor.measure(currentTime, level);
    // After a cut only the fade still sounds, unless the next item has begun already.
    if (this.cut && !this.buffer.playing && !change) change = this.monitor.settle();
    if (this.cut && !this.monitor.audible) this.cut = false;
    if (change) this.port.postMessage({ type: "audio", ...change });
    this.tell();
    if (currentTime >= this.nextStatus) this.status(level);
    return true;
  }

  tell() {
    for (const event of this.buffer.takeEvents()) this.port.postMessage(event);
  }

  status(level) {
    this.nextStatus = currentTime + STATUS_S;
    this.port.postMessage({
      type: "status",
      rms: level,
      peak: this.monitor.peak,
      playedMs: Math.round((this.played * 1000) / sampleRate),
      playing: this.buffer.playing,
      waitingMs: Math.round((this.buffer.waiting * 1000) / sampleRate),
      speaks: this.live.playing && this.monitor.audible, // a person does
      liveMs: Math.round((this.livePlayed * 1000) / sampleRate),
      liveGaps: this.live.gaps,
      heard: this.buffer.item === null ? null : this.buffer.report(),
    });
  }
}

registerProcessor("playback", Playback);
