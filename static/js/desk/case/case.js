// Shows the open case, and keeps its fragment, its thread and its composer in step with the server.

import { Composer } from "../../ui/composer.js";
import { fetchedFor } from "../../ui/pressed.js";
import { paintTimes } from "../../ui/times.js";
import { Checklist } from "./checklist.js";
import { Colleagues } from "./colleagues.js";
import { CaseComposer, draftOf } from "./composer.js";
import { ContextPane } from "./context_pane.js";
import { CaseMerge, partOf } from "./merge.js";
import { NoteBox } from "./note.js";
import { Drafts } from "./outgoing.js";
import { TalkSummary } from "./summary.js";
import { CaseThread } from "./thread.js";

const PAUSE_MS = 120; // several events of one change are one fetch
/** What is written in dialogs, by the name of its draft. */
const DIALOG_BOXES = {
  first_words: "#first-words",
  note: "#note",
  pass_on: "#pass-on-note",
};
const DRAFTS = ["text", "guide", "internal", ...Object.keys(DIALOG_BOXES), "ticks"];

export class CaseView {
  /**
   * `on.opened(pk)`, `on.refreshed()` after each merge, `on.closed({gone})`, `on.typing()`,
   * `on.trouble(error)`.
   * `words` are the composer's.
   */
  constructor(root, { words, on, storage = globalThis.localStorage }) {
    this.root = root;
    this.section = root.querySelector("#case");
    this.none = root.querySelector("#no-case").content;
    this.words = words;
    this.on = on;
    this.drafts = new Drafts(storage);
    this.pane = new ContextPane(this.section);
    this.checklist = new Checklist(this.section, this.drafts);
    this.pk = null;
    this.round = 0; // of fetches: only the newest answer counts
    this.newest = null; // that fetch, while its case is open
  }

  get article() {
    return this.section.querySelector("[data-case-view]");
  }

  get dialogs() {
    return [...this.section.querySelectorAll("dialog")];
  }

  get dialogIsOpen() {
    return this.dialogs.some((dialog) => dialog.open);
  }

  /** Whether the case `pk` is the one that is open. */
  shows(pk) {
    return this.pk !== null && this.pk === pk;
  }

  // --- fetched as a whole ---------------------------------------------------------------------

  url(pk) {
    return this.root.dataset.caseUrl.replace("/0/", `/${pk}/`);
  }

  /** Open a case; the one that is open stays until the new one is here. */
  async open(pk) {
    this.newest = null;
    this.round += 1;
    const round = this.round;
    try {
      const nodes = await fetchedFor(this.section, this.url(pk));
      if (round !== this.round) return;
      this.closeParts();
      this.pk = pk;
      this.section.replaceChildren(nodes);
      this.start();
      this.on.opened(pk);
    } catch (error) {
      if (round === this.round) this.on.trouble(error);
    }
  }

  start() {
    this.merging = new CaseMerge(this.section, partOf(this.section, "context").innerHTML);
    paintTimes(this.article);
    this.thread = new CaseThread(this.article, { trouble: (error) => this.on.trouble(error) });
    this.colleagues = new Colleagues(
      this.article.querySelector("[data-colleagues]"),
      this.root.dataset,
    );
    this.stale = false; // a refresh waits until the dialog is closed
    this.showNotes();
    this.compose();
    this.startNote();
    this.startSummary();
    this.checklist.restore(this.pk);
    this.startDialog();
    this.startPassOn();
  }

  /** Fetch head, composer and context again soon; the thread only ever grows. */
  refresh() {
    if (this.pk === null) return undefined;
    if (this.dialogIsOpen) {
      this.stale = true;
      return undefined;
    }
    this.soon ??= new Promise((resolve) => setTimeout(resolve, PAUSE_MS)).then(() => this.fetch());
    return this.soon;
  }

  /** Done once the newest answer is shown: of two fetches the older one waits for the other. */
  fetch() {
    this.soon = null;
    this.round += 1;
    this.newest = this.pk === null ? null : this.fetchRound(this.round);
    return this.newest;
  }

  async fetchRound(round) {
    const ofSummary = this.summary.begin();
    try {
      const nodes = await fetchedFor(this.section, this.url(this.pk));
      if (round !== this.round) return this.newest;
      if (this.dialogIsOpen) this.stale = true;
      else this.merge(nodes, ofSummary);
    } catch (error) {
      if (round !== this.round) return this.newest;
      if (error.status === 404) this.close({ gone: true });
      else this.on.trouble(error);
    }
    return undefined;
  }

  merge(nodes, ofSummary) {
    const replaced = this.merging.take(nodes);
    if (replaced.includes("composer")) this.compose();
    if (replaced.includes("note")) this.startNote();
    if (replaced.includes("dialogs")) this.startDialog();
    this.showNotes();
    this.startPassOn();
    this.summary.put(partOf(nodes, "summary").childNodes, ofSummary);
    if (replaced.includes("context")) this.checklist.restore(this.pk);
    this.stale = false;
    this.pane.mark();
    paintTimes(this.article);
    this.thread.catchUp();
    this.thread.refreshCards();
    this.on.refreshed();
  }

  close({ gone = false } = {}) {
    this.newest = null;
    this.round += 1;
    this.closeParts();
    this.thread = null;
    this.summary = null;
    this.composer = null;
    this.pk = null;
    this.section.replaceChildren(this.none.cloneNode(true));
    this.on.closed({ gone });
  }

  closeParts() {
    this.thread?.close();
    this.colleagues?.close();
    this.summary?.close();
  }

  // --- its parts ------------------------------------------------------------------------------

  compose() {
    const part = partOf(this.section, "composer");
    const form = part.querySelector("form[data-composer]");
    const mode = part.dataset.composerMode;
    this.composer =
      form &&
      new CaseComposer(form, {
        mode,
        draft: this.drafts.of(this.pk, draftOf(mode)),
        words: this.words,
        on: {
          sent: (mode) => (mode === "guide" ? this.refresh() : this.thread.catchUp()),
          typing: () => this.on.typing(),
        },
      });
  }

  /** The box for notes to colleagues takes the composer's place while it is open. */
  startNote() {
    const form = this.article.querySelector("[data-note-form]");
    if (!form) this.article.removeAttribute("data-noting");
    this.note =
      form &&
      new NoteBox(this.article, form, {
        draft: this.drafts.of(this.pk, "internal"),
        words: this.words,
        sent: () => this.refresh(),
      });
  }

  showNotes() {
    this.thread.notes(partOf(this.section, "notes"));
  }

  startDialog() {
    this.write(partOf(this.section, "dialogs"));
  }

  startPassOn() {
    this.write(partOf(this.section, "colleagues"));
  }

  /** Who could take the case over is asked when the dialog opens: no push tells of it. */
  async passOn() {
    const { pk } = this;
    await this.fetch();
    // Meanwhile another case, or another dialog of this one, may have been opened.
    if (!this.shows(pk) || this.dialogIsOpen) return;
    this.section.querySelector("#pass-on")?.showModal();
  }

  /** What is written in the dialogs of this part is kept, and what came meanwhile is fetched. */
  write(part) {
    for (const dialog of part.querySelectorAll("dialog")) {
      dialog.addEventListener("close", () => this.stale && this.refresh());
    }
    for (const [name, selector] of Object.entries(DIALOG_BOXES)) {
      const box = part.querySelector(selector);
      if (box) new Composer(box, this.drafts.of(this.pk, name));
    }
  }

  startSummary() {
    this.summary = new TalkSummary(partOf(this.section, "summary"), {
      on: { drawn: () => this.markFlags(), trouble: (error) => this.on.trouble(error) },
    });
    this.markFlags();
  }

  /** What was flagged is marked where it was said. */
  markFlags() {
    const flags = [...this.section.querySelectorAll("[data-flag-item]")];
    this.thread.mark(
      flags.map(({ dataset }) => ({ item: dataset.flagItem, severity: dataset.severity })),
    );
  }

  // --- for the rest of the desk ---------------------------------------------------------------

  colleague(message) {
    this.colleagues.note(message);
  }

  caption(message) {
    this.thread.caption(message);
  }

  /** Something was stored in the thread. */
  catchUp() {
    this.thread.catchUp();
    this.summary.changed();
  }

  /** Show the entry that `find` finds in the thread; false: it is not there. */
  reveal(find) {
    const entry = find(this.thread);
    if (!entry) return false;
    this.pane.uncover();
    this.thread.show(entry);
    return true;
  }

  keepTicks() {
    this.checklist.keep(this.pk);
  }

  forgetDrafts() {
    for (const name of DRAFTS) this.drafts.write(this.pk, name, "");
  }

  /** What could not be said is in the box again, where there is one. */
  writeAgain(text) {
    this.composer?.write(text);
  }

  focusComposer() {
    if (this.note?.open) this.note.focus();
    else this.composer?.focus();
  }

  /** The button that the key `name` stands for. */
  button(name) {
    return this.article?.querySelector(`[data-key="${CSS.escape(name)}"]`);
  }
}
