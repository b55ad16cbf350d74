// The page of an interpreted conversation: microphone, loudspeaker, socket, panes and buttons.

import { Sound } from "../audio/sound.js";
import { change } from "../net/http.js";
import { toast } from "../ui/toast.js";
import { Guests } from "./guests.js";
import { receiver } from "./messages.js";
import { Panes } from "./panes.js";
import { Replay } from "./replay.js";
import { MeetingSocket } from "./socket.js";
import { Steering } from "./steering.js";

const IDLE = 4408; // nobody has spoken for long
const SHOWN_OUT = 4412; // this guest has nothing more to see here

export class Meeting {
  /** `makeSound` and `Socket` are the tests' own. */
  constructor(root, { makeSound = (...of) => new Sound(...of), Socket } = {}) {
    this.root = root;
    this.Socket = Socket;
    this.words = JSON.parse(document.getElementById("meeting-words").textContent);
    this.since = Number(root.dataset.since);
    this.stage = "idle";
    this.muted = false;
    this.socket = null;
    this.names = this.readNames();
    this.replay = new Replay();
    this.panes = new Panes(root, {
      again: (item) => this.again(item),
      mayReplay: (item) => this.replay.has(item),
      words: this.words,
    });
    this.guests = new Guests(root, this.words);
    this.sound = makeSound(
      { capture: root.dataset.capture, playback: root.dataset.playback },
      {
        frame: (pcm) => this.socket?.speak(pcm),
        lost: () => this.microphoneLost(),
        heard: () => {},
        audio: (detail) => document.dispatchEvent(new CustomEvent("coachline:audio", { detail })),
        status: ({ playedMs }) => this.played(playedMs),
        context: (state) => this.contextChanged(state),
      },
    );
    this.steering = new Steering(root, {
      send: (message) => this.socket?.send(message),
      changed: () => this.paint(),
    });
    for (const side of ["a", "b"]) this.rename(side, this.panes.languages[side]);
    this.watch();
    this.paint();
  }

  find(name) {
    return this.root.querySelector(`[data-${name}]`);
  }

  /** What each language is called, by its code. */
  readNames() {
    const { languageA, languageB, nameA, nameB } = this.root.dataset;
    return { [languageA]: nameA, [languageB]: nameB };
  }

  // --- begin and end --------------------------------------------------------------------------

  /** From a tap, or the browser gives neither loudspeaker nor microphone. */
  async start() {
    this.error("");
    try {
      await this.sound.start();
      if (!this.sound.microphone) await this.sound.listen();
      this.sound.microphone.mute(this.muted);
    } catch (error) {
      this.error(this.words[`mic_${error.reason ?? "failed"}`] ?? this.words.mic_failed);
      if (!this.sound.player) return; // without one nothing is heard either
    }
    this.connect();
  }

  connect() {
    if (this.socket) return;
    this.staged("connecting");
    this.socket = new MeetingSocket(this.root.dataset.socket, {
      on: {
        opened: () => {
          this.socket.send({ type: "hello", since: this.since });
          this.steering.tell();
        },
        message: receiver(this),
        sound: (buffer) => this.play(buffer),
        lost: () => this.staged("lost"),
        gone: (code) => this.gone(code),
      },
      Socket: this.Socket,
    });
  }

  gone(code) {
    this.socket = null;
    this.sound.stopListening();
    if (code === SHOWN_OUT) this.ended(this.root.dataset.leftUrl);
    if (this.stage !== "ended") this.staged(code === IDLE ? "rested" : "stopped");
  }

  async end() {
    const { endUrl } = this.root.dataset;
    const guest = !this.root.dataset.swapUrl;
    try {
      const answer = await change(endUrl);
      if (guest || !this.socket) location.assign(guest ? answer.url : location.href);
    } catch (error) {
      toast(error.message, { kind: "danger" });
    }
  }

  // --- what the server says -------------------------------------------------------------------

  ready(a, b) {
    this.socket?.settled();
    this.panes.speak(a, b, this.names);
    for (const side of ["a", "b"]) this.rename(side, { a, b }[side]);
  }

  rename(side, code) {
    const name = this.names[code] ?? code;
    const lock = this.root.querySelector(`[data-lock="${side}"]`);
    if (lock) lock.textContent = `${name} →`;
    const hold = this.root.querySelector(`[data-hold="${side}"] span`);
    if (hold) hold.textContent = hold.dataset.words.replace("{language}", name);
  }

  staged(stage) {
    this.stage = stage;
    this.root.dataset.stage = stage;
    this.paint();
  }

  kept(line) {
    this.since = Math.max(this.since, line.seq);
    this.panes.line(line);
  }

  other(here, name, joined) {
    this.guests.show(here, name, joined);
  }

  waits(position) {
    this.staged(position ? "queued" : "connecting");
  }

  failed(message, fatal) {
    if (fatal) this.error(message);
    else toast(message, { kind: "danger" });
  }

  ended(url) {
    this.staged("ended");
    this.socket?.close();
    this.sound.close();
    location.assign(url);
  }

  // --- sound ----------------------------------------------------------------------------------

  play(buffer) {
    this.replay.keep(buffer);
    if (buffer.byteLength > 8) this.panes.sounded(new DataView(buffer).getUint16(4, true));
    this.sound.player?.push(buffer);
  }

  async again(item) {
    await this.sound.start();
    for (const frame of this.replay.again(item)) this.sound.player.push(frame);
  }

  /** What was played stands on the page, for tests and for support. */
  played(ms) {
    this.root.dataset.playedMs = ms;
  }

  mute() {
    this.muted = !this.muted;
    this.sound.microphone?.mute(this.muted);
    this.paint();
  }

  microphoneLost() {
    this.sound.stopListening();
    this.error(this.words.mic_lost);
    this.paint();
  }

  /** The system has put the sound to sleep: a phone call, or a locked screen. */
  contextChanged(state) {
    if (this.stage === "ended") return;
    if (state === "suspended" || state === "interrupted") {
      this.error(this.words.asleep);
      addEventListener("pointerdown", () => this.sound.resume(), { once: true });
    } else if (state === "running" && this.find("error").textContent === this.words.asleep) {
      this.error("");
    }
  }

  // --- what is seen ---------------------------------------------------------------------------

  error(text) {
    const node = this.find("error");
    node.textContent = text;
    node.hidden = text === "";
  }

  paint() {
    if (!this.steering) return; // it paints itself before it is there
    this.find("state").textContent = this.sentence();
    const on = this.socket !== null;
    const start = this.find("start");
    const mute = this.find("mute");
    const focused = document.activeElement === start;
    mute.hidden = !this.sound.microphone;
    start.hidden = on && this.sound.microphone !== null;
    if (focused && start.hidden) mute.focus(); // or a keyboard would be nowhere
    mute.setAttribute("aria-pressed", String(this.muted));
    this.root.dataset.muted = this.muted;
  }

  sentence() {
    const { stage, words, steering } = this;
    if (stage !== "interpreting") return words[stage] ?? words.connecting;
    if (!this.sound.microphone) return words.no_mic;
    if (this.muted) return words.muted;
    if (steering.byButton) return steering.held ? words.held : words.by_button;
    if (steering.lock === "auto") return words.interpreting;
    const name = this.names[this.panes.languages[steering.lock]] ?? "";
    return words.locked.replace("{language}", name);
  }

  watch() {
    const on = (name, act) => this.find(name)?.addEventListener("click", act);
    on("start", () => this.start());
    on("mute", () => this.mute());
    on("end", () => this.end());
    on("swap", () => this.swap());
    on("turn", () => this.turn());
    addEventListener("online", () => this.socket?.hurry());
    addEventListener("pagehide", () => this.socket?.close());
  }

  async swap() {
    try {
      await change(this.root.dataset.swapUrl);
      if (!this.socket) location.reload();
    } catch (error) {
      toast(error.message, { kind: "danger" });
    }
  }

  /** The upper pane is for who sits opposite; on a table between two it is turned round. */
  turn() {
    const on = this.root.dataset.flat !== "true";
    this.root.dataset.flat = on;
    this.find("turn").setAttribute("aria-pressed", String(!on));
  }
}
