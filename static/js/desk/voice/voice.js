// The expert speaks with the member of the open case: microphone, socket, loudspeaker, panel.

import { Sound } from "../../audio/sound.js";
import { socketAddress } from "../../net/reconnect.js";
import { receiver } from "./messages.js";
import { VoicePanel } from "./panel.js";
import { TAKEN, VoiceSocket } from "./socket.js";

const PAINT_MS = 100;
const ARMED_MS = 20_000; // by then the floor is had, or the microphone is closed again
const UNWRITTEN_MS = 4000; // a recogniser may take so long to be reached
const UNHEARD_MS = 2000; // a gap that is shorter is not told

export class ExpertVoice {
  /**
   * `view` has pk, article and refresh(). `worklets` are those of `Sound`. `Sound` and `Socket` are
   * the tests' own.
   */
  constructor(root, { view, worklets, makeSound = (...of) => new Sound(...of), Socket }) {
    this.root = root;
    this.view = view;
    this.worklets = worklets;
    this.makeSound = makeSound;
    this.Socket = Socket;
    this.panel = new VoicePanel(root.querySelector("#case"));
    this.sound = null;
    this.socket = null;
    this.pk = null; // of the case whose member is spoken with
    this.muted = false;
    this.held = false;
    this.trouble = ""; // a sentence
    this.armed = null; // a timer
    this.resumes = performance.getEntriesByType("navigation")[0]?.type === "reload";
    this.forget();
    this.watch();
  }

  forget() {
    this.heard = false;
    this.sent = false;
    this.heardAt = Number.NEGATIVE_INFINITY; // when the member heard last, ms
    this.wordless = 0; // since when nothing is written down, ms
    this.ready = false;
  }

  /** "off", "opening" or "on". */
  get state() {
    if (!this.socket) return "off";
    return this.ready ? "on" : "opening";
  }

  /** The page shows a case in which this expert has the floor by voice. */
  get speaks() {
    const data = this.view.article?.dataset;
    return data?.mode === "voice" && data.owned === "1" && data.floor === "expert";
  }

  get level() {
    return this.sound?.microphone?.level ?? 0;
  }

  // --- begin and end --------------------------------------------------------------------------

  /**
   * Get loudspeaker and microphone, before the floor is taken: nobody waits for a person who cannot
   * be heard. Call it from a tap. Throws an error for the expert's eyes.
   */
  async arm() {
    this.trouble = "";
    this.sound ??= this.makeSound(this.worklets, {
      frame: (pcm) => this.said(pcm),
      lost: () => this.microphoneLost(),
      heard: () => {},
      audio: (change) =>
        document.dispatchEvent(new CustomEvent("coachline:audio", { detail: change })),
      status: ({ liveMs, peak }) => this.playing(liveMs, peak),
      context: (state) => this.contextChanged(state),
    });
    try {
      await this.sound.start();
      if (!this.sound.microphone) await this.sound.listen();
      clearTimeout(this.armed);
      this.armed = setTimeout(() => this.standDown(), ARMED_MS);
    } catch (error) {
      this.disarm();
      throw Object.assign(new Error(this.root.dataset[troubleOf(error)]), { status: 0 });
    }
  }

  /** Close the microphone and the loudspeaker. */
  disarm() {
    this.sound?.close();
    this.sound = null;
  }

  /** The case was drawn, or another one: speak or fall silent as it says. */
  follow() {
    if (this.socket && (!this.speaks || this.view.pk !== this.pk)) this.leave();
    if (!this.socket && this.speaks && this.sound?.microphone) this.connect();
    this.paint();
  }

  /** The floor was not had: a microphone that nobody hears by is closed. */
  standDown() {
    clearTimeout(this.armed);
    if (!this.socket) this.disarm();
    this.paint();
  }

  /**
   * Another case is shown. One that was spoken in before the page was loaded again goes on at once;
   * a second window does not take the line unasked.
   */
  async show() {
    this.follow();
    if (!this.speaks) this.standDown();
    const { resumes } = this;
    this.resumes = false;
    if (!resumes) return;
    const allowed = await navigator.permissions?.query({ name: "microphone" }).catch(() => null);
    if (this.speaks && !this.socket && allowed?.state === "granted") await this.begin();
  }

  /** The page was loaded again, or its microphone failed: begin by hand. */
  async begin() {
    try {
      await this.arm();
    } catch (error) {
      if (error.status === undefined) throw error;
      this.trouble = error.message;
    }
    this.follow();
  }

  connect() {
    this.forget();
    this.pk = this.view.pk;
    this.wordless = performance.now();
    const url = socketAddress(this.root.dataset.voiceSocket.replace("/0/", `/${this.pk}/`));
    // What a socket still tells after another has followed it concerns nobody.
    const mine =
      (act) =>
      (...told) => {
        if (this.socket === socket) act(...told);
      };
    const socket = new VoiceSocket(url, {
      on: {
        message: mine(
          receiver({
            ready: () => this.opened(),
            status: (status) => this.fares(status),
          }),
        ),
        audio: mine((buffer) => this.sound?.player?.push(buffer)),
        lost: mine(() => {
          this.forget();
          this.paint();
        }),
        gone: mine((code) => this.gone(code)),
      },
      Socket: this.Socket,
    });
    this.socket = socket;
  }

  leave() {
    this.socket?.close();
    this.socket = null;
    this.pk = null;
    this.muted = false;
    this.held = false;
    this.forget();
    this.disarm();
  }

  opened() {
    this.ready = true;
    this.socket.ready();
    this.paint();
  }

  gone(code) {
    this.leave();
    this.trouble = code === TAKEN ? this.root.dataset.voiceTaken : "";
    this.paint();
    if (code !== TAKEN) this.view.refresh();
  }

  // --- meanwhile ------------------------------------------------------------------------------

  said(pcm) {
    if (!this.muted || this.held) this.socket?.audio(pcm);
  }

  fares({ heard, sent, words }) {
    if (words) this.wordless = 0;
    else if (!this.wordless) this.wordless = performance.now();
    this.heard = heard;
    this.sent = sent;
    if (heard) this.heardAt = performance.now();
    this.paint();
  }

  /** What was heard of the member stands on the page, for tests and for support. */
  playing(liveMs, peak) {
    if (liveMs) Object.assign(this.root.dataset, { liveMs, liveRms: peak.toFixed(4) });
  }

  mute(on = !this.muted) {
    this.muted = on;
    this.held = false;
    this.paint();
  }

  /** Push to talk: while the button is down, a muted microphone is open. */
  hold(down) {
    if (this.held === (down && this.muted)) return;
    this.held = down && this.muted;
    this.paint();
  }

  microphoneLost() {
    this.sound?.stopListening();
    this.trouble = this.root.dataset.micLost;
    this.paint();
  }

  /** The system has put the sound to sleep: a phone call, or a locked screen. */
  contextChanged(state) {
    const { voiceAsleep } = this.root.dataset;
    if (state === "suspended" || state === "interrupted") {
      this.trouble = voiceAsleep;
      addEventListener("pointerdown", () => this.sound?.resume(), { once: true });
    } else if (state === "running" && this.trouble === voiceAsleep) this.trouble = "";
    this.paint();
  }

  /** The member hears; a short gap in the network is no news. */
  get audible() {
    return this.heard || performance.now() - this.heardAt < UNHEARD_MS;
  }

  get unwritten() {
    const since = this.wordless;
    return this.ready && since > 0 && performance.now() - since > UNWRITTEN_MS;
  }

  paint() {
    const { state, audible: heard, sent, muted, held, trouble, level, unwritten } = this;
    const microphone = Boolean(this.sound?.microphone);
    this.panel.paint({ state, microphone, heard, sent, muted, held, trouble, level, unwritten });
  }

  // --- the panel's buttons --------------------------------------------------------------------

  watch() {
    const on = (name, act) => this.root.addEventListener(name, act);
    on("click", ({ target }) => {
      if (target.closest("[data-voice-mute]")) this.mute();
      else if (target.closest("[data-voice-begin]")) this.begin();
    });
    on("pointerdown", ({ target }) => target.closest("[data-voice-hold]") && this.hold(true));
    for (const name of ["pointerup", "pointercancel", "blur"]) {
      addEventListener(name, () => this.hold(false));
    }
    on("keydown", (event) => this.press(event));
    // Wherever the key is let go, and whatever takes the button away meanwhile.
    addEventListener("keyup", ({ key }) => key === " " && this.hold(false));
    on("focusout", ({ target }) => target.closest("[data-voice-hold]") && this.hold(false));
    addEventListener("pagehide", () => this.socket?.close());
    addEventListener("online", () => this.socket?.connection.hurry());
    setInterval(() => this.socket && this.paint(), PAINT_MS);
  }

  /** The space bar on the button of push to talk is held like it. */
  press(event) {
    if (event.key !== " " || !event.target.closest?.("[data-voice-hold]")) return;
    event.preventDefault();
    this.hold(true);
  }
}

/** The name of the sentence for an error of the microphone or of the sound. */
function troubleOf({ reason }) {
  return `mic${(reason ?? "failed").replace(/^./, (first) => first.toUpperCase())}`;
}
