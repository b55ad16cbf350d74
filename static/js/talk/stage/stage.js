// Shows on the stage who speaks, the state in words, and the sentence that is being said.

import { ANSWERING, AWAY } from "../state.js";
import { noteWords, sentenceAt, stateWords } from "./words.js";

const BUSY = new Set(["connecting", "unreachable", "queued", "thinking", "reconnecting"]);

export class Stage {
  /** `sound` is where the levels come from; `coach` is the coach's name. */
  constructor(root, { sound, words, coach }) {
    this.root = root;
    this.sound = sound;
    this.coach = coach;
    this.words = words;
    this.button = root.querySelector("[data-talk]");
    this.line = root.querySelector("[data-state-words]");
    this.captionLine = root.querySelector("[data-caption]");
    this.state = "idle";
    this.person = "";
    this.personSpeaks = false; // by voice
    this.waiting = false;
    this.position = 0;
    this.elsewhere = false; // another window has taken the talk
    this.muted = false;
    this.mode = "open"; // how the microphone is listened to
    this.held = false;
    this.locked = false;
    this.notes = null; // in notes mode: {state, floor}
    this.voiced = false; // something was heard of what is being said
    this.said = { speaker: "", text: "", item: null };
  }

  get playing() {
    return this.sound.playing;
  }

  /** An answer or a connection is on its way, and nothing is to be heard yet. */
  get busy() {
    return BUSY.has(this.state) || (this.state === "speaking" && !this.voiced);
  }

  get listening() {
    return this.sound.microphone !== null;
  }

  /** How the ring looks: in whose colour, and whether something turns around it. */
  mood() {
    return { who: this.who(), busy: !this.notes && this.busy };
  }

  /** The level of the voice that is heard. */
  level() {
    if (this.notes) return this.notes.state === "recording" ? this.microphone : 0;
    return this.playing ? this.sound.player.level : this.heard;
  }

  get microphone() {
    return this.sound.microphone?.level ?? 0;
  }

  /** The level of that sound of the microphone which leaves the page. */
  get heard() {
    const away = (this.mode === "push" && !this.held) || (this.mode === "half" && this.playing);
    return away ? 0 : this.microphone;
  }

  /** Whose colour the ring has. */
  who() {
    if (this.notes?.state === "recording") return "member";
    if (this.notes) return { expert: "expert", safety_hold: "idle" }[this.notes.floor] ?? "coach";
    if (this.state === "idle") return "coach";
    if (AWAY.has(this.state)) return "idle";
    if (this.state === "person") return "expert";
    if (this.state === "held" && !this.playing) return "idle";
    if (this.mode === "push" && this.held) return "member";
    if (this.playing || ANSWERING.has(this.state) || !this.listening) return "coach";
    if (this.muted) return "muted";
    return this.mode === "push" && !this.held ? "ready" : "member";
  }

  /** Change what the stage knows (its fields: state, person, muted, mode, held …) and say it. */
  show(change = {}) {
    if ("state" in change && change.state !== this.state) this.voiced = false;
    Object.assign(this, change);
    if (this.sound.sounding || !this.sound.player) this.voiced = true; // else one reads it
    const sentence = this.notes
      ? noteWords(this.words, { ...this.notes, person: this.person })
      : stateWords(this.words, { ...this.facts(), state: this.state });
    if (this.line.textContent !== sentence) this.line.textContent = sentence;
    this.root.dataset.speaks = this.who();
    this.root.dataset.stage = this.state;
    this.paintCaption();
  }

  facts() {
    const { voiced, listening, muted, mode, held, locked } = this;
    const { person, personSpeaks, coach, waiting, position, elsewhere } = this;
    const playing = this.sound.sounding;
    const heard = { playing, voiced, listening, muted, mode, held, locked };
    return { ...heard, person, personSpeaks, coach, waiting, position, elsewhere };
  }

  /** Notes mode: `state` is "note" or "recording"; null leaves it. */
  note(state) {
    this.show({ notes: state && { state, floor: this.root.dataset.floor } });
  }

  /** Who may speak; `name` is the person's, if there is one, who speaks by `voice` or writes. */
  floor({ floor, name = "", voice = false }) {
    // What the coach was saying is not what the person says.
    if (floor === "expert" && this.said.speaker === "coach") this.drop(this.said.item);
    this.root.dataset.floor = floor;
    this.root.dataset.personSpeaks = voice;
    this.show({ person: name, personSpeaks: voice, waiting: floor === "coach_waiting" });
  }

  /** The whole text of an utterance so far. */
  caption({ speaker, text, item }) {
    this.said = { speaker, text, item };
    this.paintCaption();
  }

  drop(item) {
    if (this.said.item === item) this.caption({ speaker: "", text: "", item: null });
  }

  paintCaption() {
    const { speaker, text } = this.said;
    const fraction = speaker === "coach" && this.playing ? this.sound.player.progress : 1;
    const sentence = text ? sentenceAt(text, fraction) : "";
    if (this.captionLine.textContent !== sentence) this.captionLine.textContent = sentence;
    this.captionLine.dataset.speaker = speaker;
  }
}
