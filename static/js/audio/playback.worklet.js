// Wire frames to the loudspeaker. The rules are in queue.js; this tells the page what was heard.

import { PlaybackQueue } from "./jitter_buffer.js";
import { readFrame, rms } from "./pcm.js";
import { Ear } from "./playback_monitor.js";

const STATUS_S = 0.05;

class Playback extends AudioWorkletProcessor {
  constructor() {
    super();
    this.queue = new PlaybackQueue(sampleRate);
    this.ear = new Ear();
    this.played = 0; // samples of coach audio rendered, all items together
    this.nextStatus = 0;
    this.cut = false;
    this.port.onmessage = ({ data }) => this.command(data);
  }

  command(data) {
    if (data instanceof ArrayBuffer) {
      const frame = readFrame(data);
      if (frame) this.queue.push(frame.generation, frame.item, frame.samples);
    } else if (data.type === "clear") {
      this.queue.clear(data.generation);
      this.cut = true;
    } else if (data.type === "hush") {
      this.queue.hush();
      this.cut = true;
    }
    this.tell();
  }

  process(_inputs, [output]) {
    const out = output[0];
    const before = this.queue.waiting;
    this.queue.render(out);
    this.played += before - this.queue.waiting;
    for (let i = 1; i < output.length; i += 1) output[i].set(out);
    const level = rms(out);
    let change = this.ear.listen(currentTime, level);
    // After a cut the fade is the last that sounds, unless the next item has begun already.
    if (this.cut && !this.queue.playing && !change) change = this.ear.settle();
    if (this.cut && !this.ear.audible) this.cut = false;
    if (change) this.port.postMessage({ type: "audio", ...change });
    this.tell();
    if (currentTime >= this.nextStatus) this.status(level);
    return true;
  }

  tell() {
    for (const event of this.queue.takeEvents()) this.port.postMessage(event);
  }

  status(level) {
    this.nextStatus = currentTime + STATUS_S;
    this.port.postMessage({
      type: "status",
      rms: level,
      peak: this.ear.peak,
      playedMs: Math.round((this.played * 1000) / sampleRate),
      playing: this.queue.playing,
      waitingMs: Math.round((this.queue.waiting * 1000) / sampleRate),
      heard: this.queue.item === null ? null : this.queue.report(),
    });
  }
}

registerProcessor("playback", Playback);
