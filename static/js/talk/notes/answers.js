// What the server answers to a note, or to the question what is new: it goes to the page.

import { changed } from "../../ui/refetch.js";
import { toast } from "../../ui/toast.js";

export class NoteAnswers {
  /**
   * `thread` has take(html), `stage` floor(). `mayPlay()`: a spoken reply may begin by itself.
   * `on.changed()` after the thread has changed; `on.ended()`: the talk is over.
   */
  constructor(root, { thread, stage, notice, mayPlay, on }) {
    this.root = root;
    this.thread = thread;
    this.stage = stage;
    this.notice = notice;
    this.mayPlay = mayPlay;
    this.on = on;
  }

  /** The thread's new piece and who may speak; each answer carries them. */
  apply({ thread, floor, person, ended }) {
    this.thread.take(thread);
    this.stage.floor({ floor, name: person });
    this.on.changed();
    if (ended) this.on.ended();
  }

  /** The answer to one note. */
  answered(note, answer) {
    this.apply(answer);
    const { state, code, message, reply, picture } = answer.note;
    if (picture && state !== "waiting") this.notice.show("warn", picture.message);
    if (state !== "done") return;
    const side = document.querySelector("[data-side] [data-refetch]");
    if (side) changed(side.dataset.refetch);
    if (code) toast(message, { kind: "danger" });
    if (reply && this.mayPlay()) this.play(reply);
    this.root.dataset.noteAnswered = note.id;
  }

  play(seq) {
    const player = this.root.querySelector(`li[data-seq="${seq}"] [data-sound]`);
    // A tap began this page's notes; a browser that wants another leaves the player to the member.
    player?.play().catch(() => {});
  }
}
