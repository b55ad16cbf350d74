/**
 * Says a sentence to the engine and shows what it was understood as; never a score. The recording
 * goes out once and is kept nowhere.
 *   <span data-say="en" data-url="/…" data-most="10000"><button data-into="answer">…
 */
import { Sound } from "../audio/sound.js";
import { parse, post } from "../net/http.js";
import { Recorder } from "../talk/notes/recorder.js";

const LATEST_STOP_MS = 200; // before the longest recording that the server takes

/** One button with its words. */
export class Saying {
  constructor(root, microphone) {
    this.root = root;
    this.button = root.querySelector("button");
    this.microphone = microphone;
    this.timer = null;
    this.opening = false; // the browser asks whether we may
  }

  async press() {
    if (this.opening) return;
    if (this.recording) await this.finish();
    else await this.begin();
  }

  get recording() {
    return this.microphone.owner === this;
  }

  async begin() {
    this.show("ready");
    this.tell(null);
    this.opening = true;
    const open = await this.microphone.open(this);
    this.opening = false;
    if (!open) {
      this.tell("microphone");
      return;
    }
    this.show("recording");
    const most = Number(this.root.dataset.most) - LATEST_STOP_MS;
    this.timer = setTimeout(() => this.finish(), most);
  }

  async finish() {
    clearTimeout(this.timer);
    const recorded = this.microphone.close(this);
    if (!recorded) {
      this.show("ready");
      this.tell("nothing");
      return;
    }
    this.show("waiting");
    try {
      this.understood(await this.ask(recorded.sound));
    } catch (error) {
      if (error.status === undefined) throw error;
      this.tell("failed", error.message);
    } finally {
      this.show("ready");
    }
  }

  /** Throw away what is being recorded: its place in the page is about to be drawn anew. */
  cancel() {
    clearTimeout(this.timer);
    this.microphone.close(this);
    this.show("ready");
  }

  async ask(sound) {
    const data = new FormData();
    data.set("language", this.root.dataset.say);
    data.set("lesson", this.root.dataset.lesson ?? ""); // its sentences are not the learner's own
    data.set("audio", new Blob([sound], { type: "audio/wav" }), "said.wav");
    const response = await post(this.root.dataset.url, data);
    const answer = await response.json();
    if (answer.help) this.showHelp(answer.help);
    return answer.text;
  }

  /** What was said has called for somebody: where there is help stands above all else. */
  showHelp(html) {
    const place = document.querySelector("[data-help]");
    place.replaceChildren(parse(html));
    place.scrollIntoView({ block: "center" });
  }

  understood(text) {
    if (text === "") {
      this.tell("nothing");
      return;
    }
    this.root.querySelector("[data-words]").textContent = text;
    this.tell("understood");
    const into = document.getElementById(this.button.dataset.into ?? "");
    if (into) {
      into.value = text;
      into.focus();
    }
  }

  show(state) {
    for (const part of this.button.querySelectorAll("[data-when]")) {
      part.hidden = part.dataset.when !== state;
    }
    this.button.setAttribute("aria-pressed", String(state === "recording"));
    this.button.disabled = state === "waiting";
  }

  /** Show one of the sentences: understood, nothing, microphone or failed. */
  tell(name, words) {
    for (const one of this.root.querySelectorAll(".say__words > *")) {
      one.hidden = name === null || !one.hasAttribute(`data-${name}`);
    }
    if (words) this.root.querySelector("[data-failed]").textContent = words;
  }
}

/** The one microphone of the page, open only while somebody says something. */
export class SayMicrophone {
  constructor(worklets, makeSound = (...given) => new Sound(...given)) {
    this.owner = null;
    this.recorder = new Recorder(() => {});
    this.sound = makeSound(worklets, {
      frame: (pcm) => this.recorder.take(pcm),
      lost: () => this.owner?.finish(),
      heard: () => {},
      audio: () => {},
      status: () => {},
      context: () => {},
    });
  }

  /** Begin to record for `owner`; whoever recorded before has finished. False: there is none. */
  async open(owner) {
    await this.owner?.finish();
    this.owner = owner;
    try {
      await this.sound.start();
      await this.sound.listen();
    } catch (error) {
      this.owner = null;
      if (error.name === "MicrophoneError" || error instanceof DOMException) return false;
      throw error;
    }
    this.recorder.start();
    return true;
  }

  /** The recording of `owner`; null when it is too short to be one. */
  close(owner) {
    if (this.owner !== owner) return null;
    this.owner = null;
    this.sound.stopListening();
    return this.recorder.on ? this.recorder.stop() : null;
  }
}

export function startSaying(root) {
  const { capture, playback } = root.dataset;
  const microphone = new SayMicrophone({ capture, playback });
  const sayings = new WeakMap();
  root.addEventListener("click", (event) => {
    const place = event.target.closest("[data-say] button")?.closest("[data-say]");
    if (!place) return;
    if (!sayings.has(place)) sayings.set(place, new Saying(place, microphone));
    sayings.get(place).press();
  });
  root.addEventListener("submit", () => microphone.owner?.cancel());
}
