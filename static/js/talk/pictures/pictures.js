// Takes pictures that the member shoots, chooses, pastes or drops, and sends them.

import { toast } from "../../ui/toast.js";
import { isPicture, MAX_BYTES, picturesOf, prepare } from "./file.js";
import { Sending } from "./sending.js";

const AT_ONCE = 3;

export class Pictures {
  /**
   * `on.note(blob)` is true when a note takes it along; else `on.begin()` before the first is sent,
   * `on.sent({seq, url})` when one has its place in the thread.
   */
  constructor(root, { thread, words, on }) {
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

  /** Whether the engine takes pictures, as it says once the connection is there. */
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
    const sending = new Sending(blob, canvas, {
      blank: this.blank,
      url: this.url,
      words: this.words,
      thread: this.thread,
      on: {
        sent: (placed) => this.on.sent(placed),
        cancelled: () => this.menu.querySelector("summary").focus(),
      },
    });
    sending.start();
  }
}
