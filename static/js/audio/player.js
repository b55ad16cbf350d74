// Plays the coach's voice and reports what was heard of it, and plays persons who speak. Wraps the
// playback worklet.

import { LIVE } from "./pcm.js";

const REPORT_MS = 100; // how often the server learns what was heard, while it is

/**
 * `on.heard({generation, item, ms})`, `on.audio({state, at})` and `on.status(status)`; `at` is on
 * the clock of performance.now().
 */
export class Player {
  constructor(context, on) {
    this.context = context;
    this.on = on;
    this.level = 0;
    this.playing = false; // or about to: something waits to be played, or a person is heard
    this.sounding = false;
    this.received = new Map(); // item index -> ms of audio received
    this.heard = new Map(); // item index -> ms of audio rendered
    this.newest = null;
    this.reportedAt = 0;
    this.reported = "";
    this.node = new AudioWorkletNode(context, "playback", {
      numberOfInputs: 0,
      outputChannelCount: [2],
    });
    this.node.port.onmessage = ({ data }) => this.receive(data);
    this.node.connect(context.destination);
  }

  /** Queue one binary frame as it came; the buffer is handed over. */
  push(buffer) {
    if (buffer.byteLength < 8) return;
    const header = new DataView(buffer);
    if (!(header.getUint16(6, true) & LIVE)) {
      const item = header.getUint16(4, true);
      this.newest = item;
      this.received.set(item, (this.received.get(item) ?? 0) + (buffer.byteLength - 8) / 48);
    }
    this.node.port.postMessage(buffer, [buffer]);
  }

  /** Stop now; frames of an older generation are dropped from here on. */
  clear(generation) {
    this.forget();
    this.node.port.postMessage({ type: "clear", generation });
  }

  /** Stop now, before the server has said so. */
  hush() {
    this.node.port.postMessage({ type: "hush" });
  }

  forget() {
    this.received.clear();
    this.heard.clear();
    this.newest = null;
  }

  /** How much of the newest item was heard, 0..1. */
  get progress() {
    const received = this.received.get(this.newest);
    return received ? Math.min(1, (this.heard.get(this.newest) ?? 0) / received) : 0;
  }

  receive(data) {
    if (data.type === "status") this.status(data);
    else if (data.type === "audio")
      this.on.audio({ state: data.state, at: this.moment(data.time) });
    else if (data.type !== "started") this.report(data);
  }

  status(data) {
    this.level = data.rms;
    this.sounding = data.playing;
    this.playing = data.playing || data.waitingMs > 0 || data.speaks;
    if (data.heard) {
      this.heard.set(data.heard.item, data.heard.ms);
      const now = performance.now();
      if (now - this.reportedAt >= REPORT_MS) {
        this.reportedAt = now;
        this.report(data.heard);
      }
    }
    this.on.status(data);
  }

  report({ generation, item, ms }) {
    const key = `${generation}/${item}/${ms}`;
    if (key === this.reported) return;
    this.reported = key;
    this.heard.set(item, ms);
    this.on.heard({ generation, item, ms });
  }

  /** A time of the audio clock (s) on the clock of performance.now() (ms). */
  moment(time) {
    return performance.now() - Math.max(0, (this.context.currentTime - time) * 1000);
  }
}
