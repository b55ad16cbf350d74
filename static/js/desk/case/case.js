// The open case: its fragment, its thread and its composer, kept in step with the server.

import { fragment, parse } from "../../net/http.js";
import { paintTimes } from "../../ui/times.js";
import { Composer } from "./composer.js";
import { Drafts } from "./outgoing.js";
import { CaseThread } from "./thread.js";

const PAUSE_MS = 120;
const COPIED = ["class", "data-mode", "data-owned", "data-floor", "data-tier"];

export class CaseView {
  /** `on.opened(pk)`, `on.closed({gone})`, `on.trouble(error)`. */
  constructor(root, { words, on }) {
    this.root = root;
    this.section = root.querySelector("#case");
    this.none = root.querySelector("#no-case").content;
    this.words = words;
    this.on = on;
    this.drafts = new Drafts(globalThis.localStorage);
    this.pk = null;
    this.round = 0;
  }

  get article() {
    return this.section.querySelector("[data-case-view]");
  }

  get dialog() {
    return this.section.querySelector("#hand-back");
  }

  url(pk) {
    return this.root.dataset.caseUrl.replace("/0/", `/${pk}/`);
  }

  /** Open a case; the one that is open stays until the new one is here. */
  async open(pk) {
    this.round += 1;
    const round = this.round;
    try {
      const nodes = parse(await fragment(this.url(pk)));
      if (round !== this.round) return;
      this.thread?.close();
      this.pk = pk;
      this.section.replaceChildren(nodes);
      this.start();
      this.on.opened(pk);
    } catch (error) {
      if (round === this.round) this.on.trouble(error);
    }
  }

  start() {
    const article = this.article;
    paintTimes(article);
    this.thread = new CaseThread(article, { trouble: (error) => this.on.trouble(error) });
    this.compose();
    this.context();
    this.stale = false;
    this.dialog?.addEventListener("close", () => this.stale && this.refresh());
  }

  compose() {
    const part = this.section.querySelector("[data-part=composer]");
    this.composer = new Composer(part, {
      pk: this.pk,
      drafts: this.drafts,
      words: this.words,
      on: { sent: () => this.thread.catchUp() },
    });
  }

  /** After the context was drawn: ticks as they were, flags to where they were said. */
  context() {
    const ticks = new Set(this.drafts.read(this.pk, "ticks").split(" "));
    for (const box of this.section.querySelectorAll("[data-check]")) {
      box.checked = ticks.has(box.dataset.check);
    }
    const flags = [...this.section.querySelectorAll("[data-flag-item]")];
    this.thread.mark(
      flags.map(({ dataset }) => ({ item: dataset.flagItem, severity: dataset.severity })),
    );
    this.drawn = this.section.querySelector("[data-part=context]").innerHTML;
  }

  tick() {
    const ticked = [...this.section.querySelectorAll("[data-check]:checked")];
    this.drafts.write(this.pk, "ticks", ticked.map((box) => box.dataset.check).join(" "));
  }

  /** Fetch head, composer and context again soon; the thread only ever grows. */
  refresh() {
    if (this.pk === null) return undefined;
    if (this.dialog?.open) {
      this.stale = true;
      return undefined;
    }
    this.soon ??= new Promise((resolve) => setTimeout(resolve, PAUSE_MS)).then(() => this.fetch());
    return this.soon;
  }

  async fetch() {
    this.soon = null;
    if (this.pk === null) return;
    this.round += 1;
    const round = this.round;
    try {
      const nodes = parse(await fragment(this.url(this.pk)));
      if (round !== this.round) return;
      if (this.dialog?.open) this.stale = true;
      else this.merge(nodes);
    } catch (error) {
      if (round !== this.round) return;
      if (error.status === 404) this.close({ gone: true });
      else this.on.trouble(error);
    }
  }

  merge(nodes) {
    const fresh = nodes.querySelector("[data-case-view]");
    const article = this.article;
    for (const name of COPIED) article.setAttribute(name, fresh.getAttribute(name));
    this.swap(fresh, "head");
    const composing = this.section.querySelector("[data-part=composer]");
    const mode = fresh.querySelector("[data-part=composer]").dataset.composerMode;
    if (composing.dataset.composerMode !== mode) {
      this.swap(fresh, "composer").dataset.composerMode = mode;
      this.compose();
    }
    const dialogs = this.section.querySelector("[data-part=dialogs]");
    const owned = fresh.querySelector("[data-part=dialogs]").dataset.composerMode;
    if (dialogs.dataset.composerMode !== owned) {
      this.swap(fresh, "dialogs").dataset.composerMode = owned;
      this.dialog?.addEventListener("close", () => this.stale && this.refresh());
    }
    if (fresh.querySelector("[data-part=context]").innerHTML !== this.drawn) {
      this.swap(fresh, "context");
      this.context();
    }
    this.stale = false;
    this.showContext();
    paintTimes(article);
    this.thread.catchUp();
    this.thread.refreshCards();
    this.on.refreshed();
  }

  /** Put a new part in, keeping focus on the control of the same name and value. */
  swap(fresh, name) {
    const part = this.section.querySelector(`[data-part=${name}]`);
    const focused = part.contains(document.activeElement) ? document.activeElement : null;
    const same = focused?.value && `[name="${focused.name}"][value="${CSS.escape(focused.value)}"]`;
    part.replaceChildren(...fresh.querySelector(`[data-part=${name}]`).childNodes);
    if (same && focused.tagName === "BUTTON") part.querySelector(same)?.focus();
    return part;
  }

  /** Where there is no room beside the thread, the context is drawn over it when asked for. */
  toggleContext() {
    const article = this.article;
    if (!article) return;
    article.toggleAttribute("data-context");
    this.showContext();
  }

  showContext() {
    const open = this.article.hasAttribute("data-context");
    this.section.querySelector("[data-context-toggle]")?.setAttribute("aria-expanded", open);
  }

  /** The socket's events of this talk. */
  event(event) {
    if (this.pk === null || event.case !== this.pk) return;
    if (event.type === "caption") this.thread.caption(event);
    else if (event.type === "drop") this.thread.fade(event.item);
    else if (event.type === "turn" || event.type === "card") this.thread.catchUp();
    else this.refresh();
  }

  close({ gone = false } = {}) {
    this.round += 1;
    this.thread?.close();
    this.thread = null;
    this.composer = null;
    this.pk = null;
    this.section.replaceChildren(this.none.cloneNode(true));
    this.on.closed({ gone });
  }
}
