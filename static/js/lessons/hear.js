// Plays a sentence: <button data-hear="/…/sound/">. One at a time; a second press stops it.

import { explain } from "../net/http.js";
import { toast } from "../ui/toast.js";

/** Why there was no sound: the server's own words. */
async function reason(url) {
  const response = await fetch(url, { credentials: "same-origin" });
  return response.ok ? null : (await explain(response)).message;
}

export class Voice {
  constructor(makeAudio = () => new Audio()) {
    this.audio = makeAudio();
    this.button = null;
    this.audio.addEventListener("ended", () => this.stop());
    this.audio.addEventListener("error", () => this.failed());
  }

  /** Play what `button` stands for, or stop it. */
  async press(button) {
    const same = button === this.button;
    this.stop();
    if (same) return;
    this.button = button;
    button.setAttribute("aria-pressed", "true");
    this.audio.src = button.dataset.hear;
    try {
      await this.audio.play();
    } catch (error) {
      if (error.name === "NotAllowedError")
        this.stop(); // the browser wants another press
      else if (error.name !== "AbortError" && error.name !== "NotSupportedError") throw error;
    }
  }

  stop() {
    this.audio.pause();
    this.button?.removeAttribute("aria-pressed");
    this.button = null;
  }

  async failed() {
    const url = this.button?.dataset.hear;
    this.stop();
    if (!url) return;
    const said = await reason(url).catch(() => null);
    if (said) toast(said, { kind: "danger" });
  }
}

export function startHearing(root = document) {
  const voice = new Voice();
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-hear]");
    if (button) voice.press(button);
  });
}
