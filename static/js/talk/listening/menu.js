// The menu «Microphone» and the hint about headphones. The server remembers what is chosen.

import { post } from "../../net/http.js";
import { toast } from "../../ui/toast.js";
import { loudspeaker } from "./echo.js";

export class ListeningMenu {
  /** `on.mode(name)` at once when another is chosen: "open", "half" or "push". */
  constructor(root, on) {
    this.on = on;
    this.form = root.querySelector("[data-listening]");
    this.hint = root.querySelector("[data-echo-hint]");
    this.form.addEventListener("change", (event) => this.choose(event.target));
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.hint.querySelector("[data-echo-rest]").addEventListener("click", () => this.rest());
    this.hint.querySelector("[data-echo-close]").addEventListener("click", () => this.dismiss());
  }

  get mode() {
    return this.form.elements.listening_mode.value;
  }

  choose(field) {
    if (field.name === "listening_mode") this.on.mode(field.value);
    this.save({ [field.name]: field.value });
  }

  /** Tell the server. If that fails the choice holds on this page, and the member is told. */
  async save(choice) {
    try {
      await post(this.form.action, new URLSearchParams(choice));
    } catch (error) {
      toast(`${this.form.dataset.failed} ${error.message}`, { kind: "danger" });
    }
  }

  /** The coach seems to hear itself: say so once, where a loudspeaker is probable. */
  async suggest() {
    if (this.suggested || !("wanted" in this.hint.dataset) || this.mode !== "open") return;
    this.suggested = true;
    const devices = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
    this.hint.hidden = !loudspeaker(devices);
  }

  rest() {
    this.form.elements.listening_mode.value = "half";
    this.on.mode("half");
    this.hint.hidden = true;
    this.save({ listening_mode: "half", headphones_hint: "" });
  }

  dismiss() {
    this.hint.hidden = true;
    this.save({ headphones_hint: "" });
  }
}
