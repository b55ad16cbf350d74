// Notes mode: the talk without a live connection. The member records, types or shows a picture; the
// answer to each note brings everything, and the page asks for news by itself.

import { LIVE } from "../state.js";
import { NoteAnswers } from "./answers.js";
import { NotesBar } from "./bar.js";
import { NoteComposer } from "./composer.js";
import { NoteEntries } from "./entries.js";
import { LeftoverNotes } from "./leftover.js";
import { News } from "./news.js";
import { Outbox, oneAtATime } from "./outbox.js";
import { noteForm, postNote } from "./request.js";
import { NoteStore } from "./store.js";

export class Notes {
  /**
   * `microphone` has open, listen(), lend() and takeBack(). `takeTyped()` empties the type box.
   * `socketReady()`: the socket tells the news. `on.live(behind)`: the member wants the live talk,
   * which is in state `behind` (undefined when it has not begun); `on.ended()`: the server says
   * that the talk is over. `store` keeps notes over a reload.
   */
  constructor(
    root,
    { state, stage, thread, notice, words, microphone, takeTyped, socketReady, on, store },
  ) {
    const { member, session, notesUrl } = root.dataset;
    this.root = root;
    this.state = state;
    this.stage = stage;
    this.notice = notice;
    this.microphone = microphone;
    this.on = on;
    this.active = false;
    this.behind = undefined; // the live talk's state, which notes mode stands before
    this.store = store ?? new NoteStore(member);
    this.composer = new NoteComposer({
      session,
      made: (note) => this.outbox.add(note),
      microphone,
      wanted: () => this.active,
      takeTyped,
      notice,
      words,
      on: { changed: () => this.show(), recorded: () => this.recorded() },
    });
    this.outbox = new Outbox({
      store: this.store,
      send: (note) => postNote(notesUrl, noteForm(note, { member, since: thread.last })),
      locked: oneAtATime,
      on: {
        changed: () => this.paint(),
        answered: (note, answer) => this.answers.answered(note, answer),
        unkept: () => notice.show("warn", words.note_unkept),
      },
    });
    this.entries = new NoteEntries(root, {
      thread,
      words,
      on: {
        again: (note) => this.outbox.again(note),
        drop: (note) => this.outbox.drop(note),
      },
    });
    this.answers = new NoteAnswers(root, {
      thread,
      stage,
      notice,
      mayPlay: () => this.active && !document.hidden && !this.composer.running,
      on: { changed: () => this.changed(), ended: () => on.ended() },
    });
    this.news = new News({
      floor: () => root.dataset.floor,
      wanted: () => this.active && !document.hidden && !socketReady(),
      url: () => `${notesUrl}?since=${thread.last}`,
      apply: (answer) => this.answers.apply(answer),
    });
    this.leftover = new LeftoverNotes(root, {
      store: this.store,
      words,
      on: { enter: () => this.enter(), add: (note) => this.composer.add(note) },
    });
    this.bar = new NotesBar(root, {
      begin: () => this.enter(),
      live: () => this.goLive(),
      cancel: () => this.cancel(),
    });
    addEventListener("online", () => this.outbox.hurry());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.outbox.hurry();
    });
    this.takeUp(session);
  }

  /** What an earlier page could not send. */
  async takeUp(session) {
    let kept;
    try {
      kept = await this.store.all();
    } catch {
      return; // this browser keeps nothing: there is nothing to take up
    }
    this.leftover.show(kept.filter((note) => note.session !== session));
    this.outbox.adopt(kept.filter((note) => note.session === session));
    if (this.outbox.notes.length === 0) return;
    this.enter();
    this.outbox.flush();
  }

  // --- into notes mode, and out of it ---------------------------------------------------------

  /** Before a talk, in line for one, or when its connection is lost. */
  enter() {
    if (this.active) return;
    this.active = true;
    this.behind = this.state.begun ? this.state.current : undefined;
    this.state.begin();
    this.notice.hide();
    this.show();
    this.refresh();
  }

  leave() {
    this.composer.cancel();
    this.active = false;
    this.stage.note(null);
    this.bar.leave();
    this.news.stop();
  }

  /** To the live talk. */
  goLive() {
    this.leave();
    return this.on.live(this.behind);
  }

  /** Whether notes mode stands before this state of the live talk. */
  covers(name) {
    if (!this.active || name === "ended") return false;
    this.behind = name;
    if (!LIVE.has(name) || this.composer.running) return true;
    this.leave(); // it is the member's turn
    if (!this.microphone.open) this.microphone.listen();
    return false;
  }

  /** A recording is over: if the live talk waits for the member, it has them now. */
  recorded() {
    if (this.active && LIVE.has(this.behind)) this.state.show(this.behind);
  }

  // --- what the member does -------------------------------------------------------------------

  /** A frame of the microphone; true when it is not for the live talk. */
  hear(pcm) {
    return this.composer.take(pcm) || this.active;
  }

  /** The talk button: begin a recording, or send it. */
  async tap() {
    if (this.composer.running) {
      this.composer.send();
      return;
    }
    for (const player of this.root.querySelectorAll("[data-sound]")) player.pause();
    await this.composer.record();
  }

  cancel() {
    this.composer.cancel();
  }

  type(text) {
    this.composer.type(text);
  }

  /** Answers whether the picture is a note's. */
  showPicture(picture) {
    if (this.active) this.composer.showPicture(picture);
    return this.active;
  }

  // --- what comes back, and what is seen ------------------------------------------------------

  /** Something may have happened that only the server knows. */
  refresh() {
    if (this.active) this.news.ask();
  }

  changed() {
    this.paint();
    this.show();
  }

  paint() {
    this.entries.paint(this.outbox.notes, this.outbox.stuck);
  }

  show() {
    if (!this.active) return;
    const state = this.composer.running ? "recording" : "note";
    this.bar.show(state, this.composer.recorded);
    this.stage.note(state);
  }
}
