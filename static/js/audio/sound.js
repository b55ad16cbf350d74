// Owns the one AudioContext of the page, with the player and, when allowed, the microphone on it.

import { askForMicrophone, Microphone, MicrophoneError } from "./microphone.js";
import { WIRE_RATE } from "./pcm.js";
import { Player } from "./player.js";

const ASLEEP = new Set(["suspended", "interrupted"]);

export class Sound {
  /** `worklets` are the addresses {capture, playback}; `on` is what player and microphone call. */
  constructor(worklets, on) {
    this.worklets = worklets;
    this.on = on;
    this.context = null;
    this.starting = null; // a promise: who calls `start` meanwhile waits for it, too
    this.player = null;
    this.microphone = null;
  }

  /** The coach's voice is heard, or waits to be. */
  get playing() {
    return this.player?.playing ?? false;
  }

  /** Something can be heard at this moment. */
  get sounding() {
    return this.player?.sounding ?? false;
  }

  /** Begin to play. Must be called from a tap, or the browser keeps the context silent. */
  async start(rate = WIRE_RATE) {
    if (!this.context) this.starting = this.open(rate);
    await Promise.all([this.starting, this.resume()]);
  }

  async open(rate) {
    this.context = new AudioContext({ sampleRate: rate, latencyHint: "interactive" });
    this.context.onstatechange = () => this.on.context(this.context.state);
    try {
      await Promise.all([
        this.context.resume(),
        this.context.audioWorklet.addModule(this.worklets.playback),
        this.context.audioWorklet.addModule(this.worklets.capture),
      ]);
    } catch (error) {
      await this.close();
      this.context = null; // the next tap begins anew
      throw error;
    }
    this.player = new Player(this.context, this.on);
  }

  /** Begin to listen; throws MicrophoneError. */
  async listen() {
    const stream = await askForMicrophone();
    try {
      await this.attach(stream);
    } catch (error) {
      for (const track of stream.getTracks()) track.stop(); // nobody will listen to it
      throw error;
    }
  }

  async attach(stream) {
    if (this.context?.state === "closed") throw new MicrophoneError("failed"); // while we asked
    this.stopListening();
    try {
      this.microphone = new Microphone(this.context, stream, this.on);
    } catch (error) {
      if (error.name !== "NotSupportedError") throw error;
      // This browser cannot take a device at another rate than the context's: use the device's.
      await this.restart(undefined);
      this.microphone = new Microphone(this.context, stream, this.on);
    }
  }

  stopListening() {
    this.microphone?.close();
    this.microphone = null;
  }

  async restart(rate) {
    await this.context.close();
    this.context = null;
    await this.start(rate);
  }

  /** Wake the context after the system has put it to sleep (a phone call, a locked screen). */
  async resume() {
    if (ASLEEP.has(this.context?.state)) await this.context.resume();
  }

  async close() {
    this.stopListening();
    if (this.context && this.context.state !== "closed") await this.context.close();
  }
}
