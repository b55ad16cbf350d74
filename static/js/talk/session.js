// One talk: wires socket, sound, thread, stage and controls. The rules that need none of them are
// in their own modules.

import { loudness } from "../audio/pcm.js";
import { Sound } from "../audio/sound.js";
import { post } from "../net/http.js";
import { changed } from "../ui/refetch.js";
import { toast } from "../ui/toast.js";
import { Controls } from "./controls.js";
import { Listening } from "./listening/listening.js";
import { TalkSocket } from "./live/socket.js";
import { Typed } from "./live/typed.js";
import { Notes } from "./notes/notes.js";
import { Pictures } from "./pictures/pictures.js";
import { Notice } from "./stage/notice.js";
import { Stage } from "./stage/stage.js";
import { Thread } from "./thread/thread.js";

const PAINT_MS = 100;
const YOUR_TURN_MS = 200;
const LONG_MS = 10_000; // so long a loss outlasts the speech that is kept: better to type
const ANSWERING = new Set(["thinking", "speaking"]);

export class TalkSession {
  constructor(root) {
    this.root = root;
    const data = root.dataset;
    this.begun = false;
    this.ended = false;
    this.muted = false;
    this.title = document.title;
    this.sound = new Sound(
      { capture: data.capture, playback: data.playback },
      {
        frame: (pcm) => this.notes.hear(pcm) || this.listening.hear(pcm),
        lost: () => this.microphoneLost(),
        heard: (report) => this.socket.send({ type: "heard", ...report }),
        audio: (change) => this.announceAudio(change),
        status: (status) => this.paintAudio(status),
        context: (state) => this.contextChanged(state),
      },
    );
    this.stage = new Stage(root, this.sound, data.coach);
    this.words = this.stage.words;
    this.notice = new Notice(root.querySelector("[data-notice]"));
    this.thread = new Thread(root, data.threadUrl, {
      settled: (id) => this.socket.settled(id),
      trouble: (error) => toast(error.message, { kind: "danger" }),
    });
    this.controls = new Controls(root, this.wishes());
    this.pictures = this.startPictures();
    this.listening = new Listening(root, this);
    this.socket = new TalkSocket(socketAddress(data.socket), {
      since: () => this.thread.last,
      texts: new Typed(`${data.member}-${data.session}`),
      on: {
        message: (message) => this.receive(message),
        audio: (buffer) => this.sound.player?.push(buffer),
        down: () => this.down(),
        gone: () => this.gone(),
      },
    });
    this.floor({ floor: data.floor, name: data.person });
    this.show("idle");
    this.takeUp();
    this.notes = new Notes(root, this);
    setInterval(() => this.paint(), PAINT_MS);
    addEventListener("online", () => this.socket.hurry());
    document.addEventListener("visibilitychange", () => this.wake());
  }

  /** What was typed on this page before it was reloaded, and is not in the thread yet. */
  takeUp() {
    for (const [id, text] of [...this.socket.texts]) {
      if (this.thread.find("client", id)) this.socket.settled(id);
      else this.thread.pending(id, text);
    }
    this.thread.unsent(this.words.unsent);
  }

  /** A lesson has none. */
  startPictures() {
    if (!this.root.querySelector("[data-picture-menu]")) return null;
    return new Pictures(this.root, this.thread, this.words, {
      note: (picture) => this.notes.showPicture(picture),
      begin: () => this.begun || this.begin(false),
      sent: ({ seq, url }) => this.thread.card({ seq, url }),
    });
  }

  wishes() {
    return {
      talk: () => this.tapped(),
      typeInstead: () => this.begin(false),
      text: (text) => this.type(text),
      mute: () => (this.notes.on ? this.notes.tap() : this.toggleMicrophone()),
      interrupt: () => (this.notes.on ? this.notes.cancel() : this.interrupt()),
      person: (reason) => this.askPerson(reason),
      end: () => this.end(),
    };
  }

  /** The big button: begins the talk, later stops the coach; with push to talk it is held. */
  tapped() {
    if (this.notes.on) return this.notes.tap();
    if (!this.begun) return this.begin(true);
    if (this.stage.state === "lost") return this.again();
    if (this.listening.push) return undefined;
    return this.interrupt();
  }

  /** Begin after a tap: sound first (it needs the tap), then the line, then the microphone. */
  async begin(withMicrophone) {
    if (this.begun) return;
    this.begun = true;
    this.root.dataset.begun = "true";
    this.show("connecting");
    try {
      await this.sound.start();
    } catch (error) {
      this.notice.show("warn", this.words.no_sound);
      this.root.dataset.soundError = error.name;
    }
    if (withMicrophone) await this.listen();
    else this.showMicrophone();
    this.listening.show();
    this.socket.open();
  }

  /** After the line was given up: a new one on this very page, which has what was typed. */
  async again(withMicrophone = this.listened) {
    if (this.socket.stale) return location.reload();
    this.refused = false;
    this.downAt = null;
    this.notice.hide();
    this.stage.show({ elsewhere: false });
    this.show("connecting");
    await this.sound.resume();
    if (withMicrophone && !this.sound.microphone) await this.listen();
    return this.socket.again();
  }

  async listen() {
    try {
      await this.sound.listen();
      this.muted = false;
      this.notice.hide();
    } catch (error) {
      this.root.dataset.microphoneError = error.reason ?? error.name;
      this.notice.show("warn", this.words[`mic_${error.reason}`] ?? this.words.mic_failed);
      this.controls.box.focus();
    }
    this.showMicrophone();
  }

  async toggleMicrophone() {
    if (!this.begun) return this.begin(true);
    if (!this.sound.context) return undefined;
    if (!this.sound.microphone) return this.listen();
    this.muted = !this.muted;
    this.sound.microphone.mute(this.muted);
    this.socket.send({ type: "mute", on: this.muted || this.listening.resting });
    return this.showMicrophone();
  }

  microphoneLost() {
    this.sound.microphone?.close();
    this.sound.microphone = null;
    this.notice.show("warn", this.words.mic_lost);
    this.showMicrophone();
  }

  showMicrophone() {
    const state = this.sound.microphone ? (this.muted ? "muted" : "on") : "none";
    this.root.dataset.mic = state;
    this.controls.showMicrophone(state);
    this.stage.show({ muted: this.muted });
  }

  type(text) {
    if (this.notes.on) return this.notes.type(text);
    const id = crypto.randomUUID();
    this.thread.pending(id, text);
    this.listening.byHand();
    if (this.stage.state !== "held") this.sound.player?.hush();
    this.socket.text(id, text);
    if (this.begun && !this.socket.ready) this.thread.unsent(this.words.unsent);
    if (!this.begun) this.begin(false);
  }

  /** Stop the coach; in a safety hold only reviewed words are spoken, and they are not cut. */
  interrupt() {
    if (this.stage.state === "held") return;
    if (!this.stage.playing && !ANSWERING.has(this.stage.state)) return;
    this.listening.byHand();
    this.sound.player?.hush();
    this.socket.send({ type: "interrupt" });
  }

  async askPerson(reason) {
    const form = new FormData();
    form.set("reason", reason);
    this.notice.show("person", this.words.asking);
    try {
      const response = await post(this.root.dataset.askUrl, form, {
        headers: { Accept: "application/json" },
      });
      const json = (response.headers.get("Content-Type") ?? "").includes("json");
      const answer = json ? await response.json() : {};
      // How the call stands is told by its card in the thread, which the line brings.
      this.notice.hide("person");
      this.thread.follow();
      if (!this.socket.ready) toast(answer.message ?? this.words.asked);
      if (this.notes.on) this.notes.news();
    } catch (error) {
      this.notice.show("danger", `${this.words.ask_failed} ${error.message}`);
    }
  }

  async end() {
    this.ended = true;
    try {
      await post(this.root.dataset.endUrl);
    } catch (error) {
      this.ended = false;
      this.notice.show("danger", `${this.words.end_failed} ${error.message}`);
      return;
    }
    this.leave();
  }

  async leave() {
    this.show("ended");
    this.socket.close();
    await this.sound.close();
    location.assign(this.root.dataset.after);
  }

  receive(message) {
    const act = {
      ready: () => this.ready(message),
      state: () => this.show(message.state),
      waiting: () => this.queued(message.position),
      caption: () => this.caption(message),
      turn: () => this.turn(message),
      drop: () => this.drop(message.item),
      card: () => this.thread.card(message),
      changed: () => changed(message.what),
      clear: () => {
        this.listening.cut();
        this.clear(message.generation);
      },
      floor: () => this.floor(message),
      error: () => this.error(message),
      ended: () => this.leave(),
    }[message.type];
    act?.();
  }

  ready({ generation, engine }) {
    this.clear(generation);
    this.pictures?.can(engine?.capabilities?.images ?? false);
    this.listening.ready();
    if (this.connected) {
      this.thread.dropCaptions();
      this.thread.catchUp();
    }
    this.connected = true;
    this.downAt = null;
    this.thread.unsent(""); // the socket sends it now
  }

  /** In line for a place with the coach; 0: it is our turn, also for one who looks elsewhere. */
  queued(position) {
    document.title = this.title;
    if (position > 0) {
      document.title = `(${position}) ${this.title}`;
      this.stage.show({ position });
      if (!["person", "held"].includes(this.stage.state)) this.show("queued");
      return;
    }
    this.show("connecting");
    navigator.vibrate?.(YOUR_TURN_MS);
  }

  caption(message) {
    this.listening.said(message);
    this.thread.caption(message);
    this.stage.caption(message);
  }

  turn(message) {
    this.thread.turn(message);
    this.listening.turn(message);
    if (message.speaker !== "system") {
      this.stage.caption({ speaker: message.speaker, text: message.text, item: message.item });
    }
  }

  drop(item) {
    this.listening.dropped(item);
    this.thread.drop(item);
    this.stage.drop(item);
  }

  clear(generation) {
    this.root.dataset.generation = generation;
    this.sound.player?.clear(generation);
  }

  floor({ floor, name = "" }) {
    this.root.dataset.floor = floor;
    this.stage.show({ person: name, waiting: floor === "coach_waiting" });
  }

  error({ code, message, fatal }) {
    if (!fatal) return toast(message, { kind: "danger" });
    this.refused = true;
    if (code === "taken_elsewhere") return this.stage.show({ elsewhere: true }); // no failure
    return this.notice.show("danger", message);
  }

  down() {
    this.listening.lost();
    this.thread.unsent(this.words.unsent);
    this.downAt ??= Date.now();
    this.show(Date.now() - this.downAt < LONG_MS ? "reconnecting" : "unreachable");
  }

  gone() {
    if (this.ended) return;
    this.listened = this.sound.microphone !== null && !this.muted;
    this.thread.unsent(this.words.unsent);
    if (this.notes.on) return this.show("lost"); // which notes do without
    this.sound.microphone?.close();
    this.sound.microphone = null;
    this.sound.player?.hush();
    this.showMicrophone();
    this.show("lost");
    if (!this.refused) this.notice.show("danger", this.words.gone);
  }

  show(state) {
    if (this.stage.state === "ended" || this.notes?.covers(state)) return;
    this.root.dataset.state = state;
    if (state === "ended") this.ended = true;
    this.stage.show({ state });
  }

  wake() {
    if (document.hidden) return;
    this.sound.resume();
    this.socket.hurry();
  }

  contextChanged(state) {
    if (!this.ended && (state === "suspended" || state === "interrupted")) {
      this.notice.show("warn", this.words.asleep);
      addEventListener("pointerdown", () => this.sound.resume(), { once: true });
    } else if (state === "running") this.notice.take(this.words.asleep);
  }

  announceAudio(change) {
    document.dispatchEvent(new CustomEvent("coachline:audio", { detail: change }));
  }

  /** What the loudspeaker really rendered, for whoever watches the page. */
  paintAudio({ playedMs, peak }) {
    this.root.dataset.playedMs = playedMs;
    this.root.dataset.playedRms = peak.toFixed(4);
  }

  paint() {
    this.listening.button.tick();
    this.stage.show();
    this.controls.showLevel(loudness(this.stage.heard));
  }
}

function socketAddress(path) {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}
