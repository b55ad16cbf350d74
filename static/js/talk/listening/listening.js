// How one talk listens: joins the choice, the button and the gate with socket, sound and stage.

import { TalkButton } from "./button.js";
import { EchoWatch } from "./echo.js";
import { Gate, RELEASE_MS } from "./gate.js";
import { ListeningMenu } from "./menu.js";

const DEAF = new Set(["connecting", "unreachable", "queued", "reconnecting", "lost", "ended"]);

export class Listening {
  /** `talk` has socket, sound, stage, begun, muted and toggleMicrophone(). */
  constructor(root, talk) {
    this.root = root;
    this.talk = talk;
    this.gate = new Gate();
    this.echo = new EchoWatch();
    this.resting = false; // the server was told that no sound comes while the coach plays
    this.button = new TalkButton(root.querySelector("[data-talk]"), {
      active: () => this.byButton && talk.stage.state !== "lost",
      down: () => this.pressed(),
      up: () => this.letGo(),
      changed: () => this.show(),
    });
    this.menu = new ListeningMenu(root, { mode: (mode) => this.choose(mode) });
    this.choose(this.menu.mode);
  }

  get push() {
    return this.gate.mode === "push";
  }

  /** Whether holding the big button is how one speaks now; in notes mode it is the recorder's. */
  get byButton() {
    return this.talk.begun && this.push && !this.talk.notes?.on;
  }

  choose(mode) {
    this.button.release();
    this.settle();
    this.rest(false);
    this.gate.mode = mode;
    this.root.dataset.listening = mode;
    this.talk.socket?.send({ type: "talk_mode", push: this.push });
    this.show();
  }

  /** A frame of the microphone: it leaves the page only as the member has chosen. */
  hear(pcm) {
    const { socket, stage } = this.talk;
    const open = this.gate.passes(stage.playing, performance.now());
    if (this.gate.mode === "half") this.rest(!open);
    if (open) socket.audio(pcm);
  }

  /** While no frames come, the server must not wait for the end of a sound. */
  rest(on) {
    if (this.resting === on) return;
    this.resting = on;
    this.talk.socket.send({ type: "mute", on: on || this.talk.muted });
  }

  /** The button went down: the coach falls silent and the member is heard. */
  pressed() {
    const { socket, sound, stage, muted } = this.talk;
    if (!socket.ready || DEAF.has(stage.state)) return false;
    if (!sound.microphone || muted) {
      this.talk.toggleMicrophone();
      return false; // there is nothing to hear yet
    }
    this.settle();
    this.gate.held = true;
    this.byHand();
    if (stage.state !== "held") {
      sound.player?.hush();
      stage.caption({ speaker: "", text: "", item: null }); // it is the member's turn to be read
    }
    socket.send({ type: "held", down: true });
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
    this.talk.socket.send({ type: "held", down: false });
  }

  /** A new line: it knows of no button, no rest and no choice yet. */
  ready() {
    this.lost();
    this.gate.held = false;
    this.resting = false;
    if (this.push) this.talk.socket.write({ type: "talk_mode", push: true });
    if (this.talk.muted) this.talk.socket.write({ type: "mute", on: true });
  }

  lost() {
    this.button.release();
  }

  show() {
    const { stage } = this.talk;
    const { down } = this.button.hold;
    stage.show({ mode: this.gate.mode, held: down, locked: this.button.locked });
    if (this.byButton) stage.button.setAttribute("aria-pressed", String(down));
    else stage.button.removeAttribute("aria-pressed");
  }

  // --- does the coach hear itself? ------------------------------------------------------------

  byHand() {
    this.echo.byHand(performance.now());
  }

  said({ speaker, item, text }) {
    if (speaker === "coach") this.echo.coachSaid(item, text);
  }

  cut() {
    if (this.talk.stage.playing) this.echo.cut(performance.now());
  }

  /** The words of an utterance have come; typed ones have an id of the page. */
  turn({ speaker, client_id: typed, text }) {
    if (speaker !== "member" || typed) return;
    if (this.echo.heard(text, performance.now())) this.menu.suggest();
  }

  dropped(item) {
    if (this.echo.dropped(item, performance.now())) this.menu.suggest();
  }
}
