// Shows the expert how their voice fares: the level, whether the member hears them, and what is
// wrong. The server draws the case again now and then, so what is shown is painted anew each time.

import { loudness } from "../../audio/pcm.js";

export class VoicePanel {
  /** `section` holds the case; the panel is there while the expert has the floor by voice. */
  constructor(section) {
    this.section = section;
  }

  get root() {
    return this.section.querySelector("[data-voice-panel]");
  }

  /**
   * `facts` is what `ExpertVoice` knows: state, microphone, heard, sent, unwritten, muted, held, level,
   * and `trouble`, a sentence.
   */
  paint(facts) {
    const { root } = this;
    if (!root) return;
    const lamp = lampOf(facts);
    set(root, "lamp", lamp);
    write(root.querySelector("[data-voice-lamp]"), root.dataset[`words${capital(lamp)}`]);
    const mute = root.querySelector("[data-voice-mute]");
    mute.setAttribute("aria-pressed", facts.muted);
    mute.hidden = facts.state === "off";
    const hold = root.querySelector("[data-voice-hold]");
    hold.hidden = facts.state === "off" || !facts.muted;
    hold.setAttribute("aria-pressed", facts.held);
    root.querySelector("[data-voice-begin]").hidden = facts.state !== "off" && facts.microphone;
    root.querySelector("[data-voice-unwritten]").hidden = !facts.unwritten;
    const trouble = root.querySelector("[data-voice-trouble]");
    write(trouble, facts.trouble);
    trouble.hidden = !facts.trouble;
    this.level(facts.level);
  }

  /** `value` is an RMS. */
  level(value) {
    const meter = this.root?.querySelector("[data-voice-level]");
    meter?.style.setProperty("--level", loudness(value).toFixed(2));
  }
}

/** One word for what the lamp says. */
export function lampOf({ state, microphone, heard, sent, muted, held }) {
  if (state === "off" || !microphone) return "off";
  if (state !== "on") return "opening";
  if (muted && !held) return "muted";
  if (heard) return "heard";
  return sent ? "sent" : "unheard";
}

function capital(name) {
  return name[0].toUpperCase() + name.slice(1);
}

function set(root, name, value) {
  if (root.dataset[name] !== value) root.dataset[name] = value;
}

function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
