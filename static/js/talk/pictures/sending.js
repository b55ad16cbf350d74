// Sends one picture, and shows it in the thread with its progress, a cancel and a retry.

import { upload } from "./upload.js";

export class Sending {
  /**
   * `blank` is the entry's markup, `canvas` the picture drawn small, or null. `thread` has
   * append(), announce() and settleScroll(). `on.sent({seq, url})`, `on.cancelled()`. `send` posts
   * a form.
   */
  constructor(blob, canvas, { blank, url, words, thread, on, send = upload }) {
    this.blob = blob;
    this.url = url;
    this.words = words;
    this.thread = thread;
    this.on = on;
    this.post = send;
    this.id = crypto.randomUUID(); // the same when it is tried again
    this.node = blank.cloneNode(true);
    const part = (name) => this.node.querySelector(`[data-picture-${name}]`);
    this.bar = part("progress");
    this.line = part("state");
    this.retry = part("retry");
    if (canvas) part("preview").append(canvas);
    this.retry.addEventListener("click", () => this.start());
    part("cancel").addEventListener("click", () => this.cancel());
    thread.append(this.node);
  }

  async start() {
    this.abort = new AbortController();
    this.show(this.words.picture_sending, false);
    const form = new FormData();
    form.set("client_id", this.id);
    form.set("picture", this.blob, "picture.jpg");
    try {
      const placed = await this.post(this.url, form, {
        signal: this.abort.signal,
        progress: (part) => this.progress(part),
      });
      await this.on.sent(placed);
      this.thread.announce(this.words.picture_sent);
      this.node.remove();
    } catch (error) {
      if (error.name === "AbortError") return;
      this.show(error.message, true);
    }
  }

  progress(part) {
    this.bar.value = part;
    if (part >= 1) this.line.textContent = this.words.picture_looking;
  }

  show(sentence, failed) {
    this.line.textContent = sentence;
    this.line.setAttribute("role", failed ? "alert" : "status");
    this.bar.hidden = failed;
    this.bar.value = 0;
    this.retry.hidden = !failed;
    this.node.toggleAttribute("data-failed", failed);
    this.thread.settleScroll();
  }

  cancel() {
    this.abort.abort();
    this.node.remove();
    this.on.cancelled();
  }
}
