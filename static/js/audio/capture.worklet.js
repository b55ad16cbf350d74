// Turns the microphone's samples into frames for the server: PCM16 at 24 kHz, 20 ms each. Buffers
// are transferred and not copied.

import { FRAME_SAMPLES, Framer, toWire, WIRE_RATE } from "./pcm.js";
import { Resampler } from "./resampler.js";

class Capture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.resampler = new Resampler(sampleRate, WIRE_RATE);
    this.room = new Float32Array(this.resampler.room(128));
    this.framer = new Framer(FRAME_SAMPLES, (samples, level) => {
      const pcm = toWire(samples);
      this.port.postMessage({ pcm, rms: level }, [pcm]);
    });
  }

  process([input]) {
    const channel = input[0];
    if (channel) {
      if (this.room.length < channel.length) {
        this.room = new Float32Array(this.resampler.room(channel.length));
      }
      this.framer.push(this.room, this.resampler.process(channel, this.room));
    }
    return true;
  }
}

registerProcessor("capture", Capture);
