// Makes notes of what the member says, types or shows.

import { toast } from "../../ui/toast.js";
import { Recording } from "./recording.js";

export class NoteComposer {
  /**
   * `made(note)` takes a note for the talk `session`: {kind, text, sound, ms, picture, id, session,
   * at}. `microphone` and `wanted()` are the recording's. `takeTyped()` empties the type box.
   * `on.changed()` when a recording begins, runs or stops; `on.recorded()` when one was sent off.
   */
  constructor({ session, made, microphone, wanted, takeTyped, notice, words, on }) {
    this.session = session;
    this.made = made;
    this.lastAt = 0;
    this.takeTyped = takeTyped;
    this.notice = notice;
    this.words = words;
    this.on = on;
    this.along = null; // the picture that goes with what is being recorded
    this.recording = new Recording({
      microphone,
      wanted,
      on: { changed: () => on.changed(), full: () => this.send() },
    });
  }

  /** Give a note its id and its place in the order, also within a moment. */
  add(note) {
    this.lastAt = Math.max(Date.now(), this.lastAt + 1);
    const { session, lastAt: at } = this;
    return this.made({ ...note, id: crypto.randomUUID(), session, at });
  }

  get recorded() {
    return this.recording.ms;
  }

  get running() {
    return this.recording.running;
  }

  /** A frame of the microphone; false when nothing is being recorded. */
  take(pcm) {
    return this.recording.take(pcm);
  }

  /** Begin to record. */
  async record() {
    if (await this.recording.start()) this.notice.hide();
  }

  /** Send what was recorded, and the picture that goes with it. */
  send() {
    const recorded = this.recording.stop();
    const picture = this.along;
    this.along = null;
    if (recorded) this.add({ kind: "voice", picture, ...recorded });
    else if (picture) this.add({ kind: "picture", picture });
    else this.notice.show("warn", this.words.note_short);
    this.on.recorded();
  }

  cancel() {
    if (!this.running) return;
    this.along = null;
    this.recording.cancel();
  }

  type(text) {
    this.add({ kind: "text", text });
  }

  /** With what is being recorded or stands typed, else alone. */
  showPicture(picture) {
    if (this.running && !this.along) {
      this.along = picture;
      toast(this.words.note_photo_along);
      return;
    }
    const text = this.takeTyped();
    this.add({ kind: text ? "text" : "picture", text, picture });
  }
}
