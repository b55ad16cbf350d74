// How the member is listened to in one talk: joins the chosen mode, the talk button and the gate
// that each frame of the microphone passes.

import { AWAY } from "../state.js";
import { TalkButton } from "./button.js";
import { Gate, RELEASE_MS } from "./gate.js";

export class Listening {
  /**
   * `mode` is "open", "half" or "push". `microphone` has open, muted and toggle(); `bargeIn` has
   * silence(); `notes()`: in notes mode the button is the recorder's.
   */
  constructor(root, mode, { socket, state, stage, microphone, bargeIn, notes }) {
    this.root = root;
    this.socket = socket;
    this.state = state;
    this.stage = stage;
    this.microphone = microphone;
    this.bargeIn = bargeIn;
    this.notes = notes;
    this.gate = new Gate();
    this.resting = false; // the server was told that no sound comes while the coach plays
    this.button = new TalkButton(stage.button, {
      active: () => this.byButton && state.current !== "lost",
      down: () => this.pressed(),
      up: () => this.letGo(),
      changed: () => this.show(),
    });
    this.choose(mode);
  }

  get push() {
    return this.gate.mode === "push";
  }

  /** Whether the member speaks by holding the talk button now. */
  get byButton() {
    return this.state.begun && this.push && !this.notes();
  }

  choose(mode) {
    this.button.release();
    this.settle();
    this.rest(false);
    this.gate.mode = mode;
    this.root.dataset.listening = mode;
    this.socket.send({ type: "talk_mode", push: this.push });
    this.show();
  }

  /** A frame of the microphone: it leaves the page only as the member has chosen. */
  hear(pcm) {
    const open = this.gate.passes(this.stage.playing, performance.now());
    if (this.gate.mode === "half") this.rest(!open);
    if (open) this.socket.audio(pcm);
  }

  /** While no frames come, the server must not wait for the end of a sound. */
  rest(on) {
    if (this.resting === on) return;
    this.resting = on;
    this.tellMuted();
  }

  tellMuted() {
    this.socket.send({ type: "mute", on: this.resting || this.microphone.muted });
  }

  /** The button went down: the coach falls silent and the member is heard. */
  pressed() {
    if (!this.socket.ready || AWAY.has(this.state.current)) return false;
    if (!this.microphone.open || this.microphone.muted) {
      this.microphone.toggle();
      return false; // there is nothing to hear yet
    }
    this.settle();
    this.gate.held = true;
    // It is the member's turn to be read as well.
    if (this.bargeIn.silence()) this.stage.caption({ speaker: "", text: "", item: null });
    this.socket.send({ type: "held", down: true });
    return true;
  }

  /** It went up; the last words are still on their way from the microphone. */
  letGo() {
    this.releasing = setTimeout(() => this.settle(), RELEASE_MS);
  }

  settle() {
    clearTimeout(this.releasing);
    if (!this.gate.held) return;
    this.gate.held = false;
    this.socket.send({ type: "held", down: false });
  }

  /** A new connection: the server knows of no button, no rest and no choice yet. */
  ready() {
    this.lost();
    this.gate.held = false;
    this.resting = false;
    if (this.push) this.socket.write({ type: "talk_mode", push: true });
    if (this.microphone.muted) this.socket.write({ type: "mute", on: true });
  }

  lost() {
    this.button.release();
  }

  /** Time passes: a button that was kept down by a tap may have been forgotten. */
  tick() {
    this.button.tick();
  }

  show() {
    const { down } = this.button.hold;
    const { button } = this.stage;
    this.stage.show({ mode: this.gate.mode, held: down, locked: this.button.locked });
    if (this.byButton) button.setAttribute("aria-pressed", String(down));
    else button.removeAttribute("aria-pressed");
  }
}
