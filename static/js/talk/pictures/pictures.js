// Pictures: taken, chosen, pasted or dropped; shown at once in the thread while they are sent.

import { toast } from "../../ui/toast.js";
import { isPicture, MAX_BYTES, picturesOf, prepare } from "./file.js";
import { upload } from "./upload.js";

const AT_ONCE = 3;

export class Pictures {
  /**
   * `on.note(blob)` is true when a note takes it along; else `on.begin()` before the first is sent,
   * `on.sent({seq, url})` when one has its place.
   */
  constructor(root, thread, words, on) {
    this.root = root;
    this.thread = thread;
    this.words = words;
    this.on = on;
    this.url = root.dataset.picturesUrl;
    this.able = root.dataset.images === "true";
    this.menu = root.querySelector("[data-picture-menu]");
    this.blank = root.querySelector("template[data-picture]").content.firstElementChild;
    this.depth = 0;
    this.wire();
  }

  /** What the engine says of itself when the line is up. */
  can(images) {
    this.able &&= images;
  }

  wire() {
    for (const input of this.root.querySelectorAll("[data-picture-input]")) {
      const button = this.root.querySelector(`[data-picture-open="${input.dataset.pictureInput}"]`);
      button.addEventListener("click", () => input.click());
      input.addEventListener("change", () => {
        this.menu.open = false;
        this.take([...input.files]);
        input.value = "";
      });
    }
    document.addEventListener("paste", (event) => {
      const found = picturesOf(event.clipboardData);
      if (found.length === 0) return;
      event.preventDefault();
      this.take(found);
    });
    const dragged = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
    const on = (type, act) =>
      document.addEventListener(type, (event) => dragged(event) && act(event));
    on("dragenter", () => this.dragging(this.depth + 1));
    on("dragleave", () => this.dragging(this.depth - 1));
    on("dragover", (event) => event.preventDefault());
    on("drop", (event) => {
      event.preventDefault();
      this.dragging(0);
      const found = picturesOf(event.dataTransfer);
      if (found.length === 0) toast(this.words.picture_kind, { kind: "danger" });
      this.take(found);
    });
  }

  dragging(depth) {
    this.depth = Math.max(0, depth);
    this.root.toggleAttribute("data-dropping", this.able && this.depth > 0);
  }

  take(files) {
    if (files.length === 0) return;
    if (!this.able) {
      toast(this.words.picture_none, { kind: "danger" });
      return;
    }
    for (const file of files.slice(0, AT_ONCE)) this.add(file);
    if (files.length > AT_ONCE) toast(this.words.picture_many, { kind: "danger" });
  }

  async add(file) {
    if (!isPicture(file)) {
      toast(this.words.picture_kind, { kind: "danger" });
      return;
    }
    const { blob, canvas } = await prepare(file);
    if (blob.size > MAX_BYTES) {
      toast(this.words.picture_large, { kind: "danger" });
      return;
    }
    if (this.on.note(blob)) return;
    this.on.begin();
    new Sending(this, crypto.randomUUID(), blob, canvas).start();
  }
}

/** One picture on its way: a line in the thread with its progress, to be cancelled or tried again. */
class Sending {
  constructor(pictures, id, blob, canvas) {
    this.pictures = pictures;
    this.id = id;
    this.blob = blob;
    this.node = pictures.blank.cloneNode(true);
    const of = (name) => this.node.querySelector(`[data-picture-${name}]`);
    this.bar = of("progress");
    this.line = of("state");
    this.retry = of("retry");
    this.cancel = of("cancel");
    if (canvas) of("preview").append(canvas);
    this.retry.addEventListener("click", () => this.start());
    this.cancel.addEventListener("click", () => this.stop());
    pictures.thread.list.append(this.node);
    pictures.thread.follow();
  }

  async start() {
    const { words, url, thread, on } = this.pictures;
    this.abort = new AbortController();
    this.show(words.picture_sending, false);
    const form = new FormData();
    form.set("client_id", this.id);
    form.set("picture", this.blob, "picture.jpg");
    try {
      const placed = await upload(url, form, {
        signal: this.abort.signal,
        progress: (part) => this.progress(part),
      });
      await on.sent(placed);
      thread.announcer.textContent = words.picture_sent;
      this.node.remove();
    } catch (error) {
      if (error.name === "AbortError") return;
      this.show(error.message, true);
    }
  }

  progress(part) {
    this.bar.value = part;
    if (part >= 1) this.line.textContent = this.pictures.words.picture_looking;
  }

  show(sentence, failed) {
    this.line.textContent = sentence;
    this.line.setAttribute("role", failed ? "alert" : "status");
    this.bar.hidden = failed;
    this.bar.value = 0;
    this.retry.hidden = !failed;
    this.node.toggleAttribute("data-failed", failed);
    this.pictures.thread.settleScroll();
  }

  stop() {
    this.abort.abort();
    this.node.remove();
    this.pictures.root.querySelector("[data-picture-menu] summary").focus();
  }
}
