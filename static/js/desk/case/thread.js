// Shows the thread of the open case: stored entries in their order, live captions beneath them.

import { fragment, parse } from "../../net/http.js";
import { Sequence } from "../../talk/thread/sequence.js";
import { fetchedFor } from "../../ui/pressed.js";
import { paintTimes } from "../../ui/times.js";

const NEAR_END_PX = 80;
const LATEST_CARDS = 4;
const HERE_MS = 2500;
const CAPTION_MS = 10_000; // words that were never stored do not stay

/** Where an entry stands: a note behind the entry after which it was written, a caption last. */
export function placeOf({ dataset }) {
  if (dataset.seq) return Number(dataset.seq);
  return dataset.after ? Number(dataset.after) + 0.5 : Number.POSITIVE_INFINITY;
}

export class CaseThread {
  constructor(article, { trouble }) {
    this.list = article.querySelector("#case-thread");
    this.blank = article.querySelector("template[data-live]").content.firstElementChild;
    this.jump = article.querySelector("[data-jump]");
    this.url = article.dataset.threadUrl;
    this.trouble = trouble;
    this.sequence = new Sequence(Number(this.list.dataset.last));
    this.fading = new Map();
    this.noted = new Set(); // internal notes that are shown
    this.following = true;
    this.list.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.jump.addEventListener("click", () => this.follow());
    this.sizes = new ResizeObserver(() => this.following && this.follow());
    this.sizes.observe(this.list);
    paintTimes(this.list);
    this.follow();
  }

  close() {
    this.sizes.disconnect();
    for (const timer of this.fading.values()) clearTimeout(timer);
  }

  /** Something was stored: fetch what is missing. Calls while a fetch runs make one more. */
  async catchUp() {
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = true;
    try {
      do {
        this.again = false;
        const nodes = parse(await fragment(`${this.url}?since=${this.sequence.last}`));
        this.adopt(nodes);
      } while (this.again);
    } catch (error) {
      this.trouble(error);
    } finally {
      this.busy = false;
    }
  }

  adopt(nodes) {
    const last = Number(nodes.querySelector("[data-last]")?.dataset.last ?? this.sequence.last);
    for (const node of [...nodes.querySelectorAll("li[data-seq]")]) {
      if (this.sequence.note(Number(node.dataset.seq)) !== "seen") this.place(node);
    }
    this.sequence.settle(last);
    this.mark();
    this.settleScroll();
  }

  place(node) {
    paintTimes(node);
    if (node.dataset.item) this.fade(node.dataset.item);
    this.insert(node);
  }

  insert(node) {
    const next = [...this.list.children].find((other) => placeOf(other) > placeOf(node));
    this.list.insertBefore(node, next ?? null);
  }

  /** What experts wrote to each other, each behind the entry after which it was written. */
  notes(list) {
    for (const note of list.querySelectorAll("[data-note]")) {
      if (!this.noted.has(note.dataset.note)) {
        this.noted.add(note.dataset.note);
        const node = note.cloneNode(true);
        paintTimes(node);
        this.insert(node);
        this.settleScroll();
      }
    }
  }

  /** Draw the newest cards again: the rows that they show have changed. */
  async refreshCards() {
    const cards = [...this.list.querySelectorAll("li[data-card-url]")].slice(-LATEST_CARDS);
    try {
      await Promise.all(
        cards.map(async (card) => {
          const fresh = (await fetchedFor(card, card.dataset.cardUrl)).querySelector("li");
          if (fresh) card.replaceChildren(...fresh.childNodes);
        }),
      );
      this.settleScroll();
    } catch (error) {
      this.trouble(error);
    }
  }

  /** Words as they are being said. */
  caption({ speaker, item, text }) {
    const found = this.find(item);
    if (found?.dataset.seq) return;
    const node = found ?? this.live(speaker, item);
    node.querySelector(".turn__text").textContent = text;
    clearTimeout(this.fading.get(item));
    this.fading.set(
      item,
      setTimeout(() => this.fade(item), CAPTION_MS),
    );
    this.settleScroll();
  }

  live(speaker, item) {
    const node = this.blank.cloneNode(true);
    const { nameCoach, nameMember, nameExpert } = this.list.dataset;
    const name = { coach: nameCoach, expert: nameExpert }[speaker] ?? nameMember;
    node.classList.add(`turn--${speaker}`);
    node.querySelector(".avatar").classList.add(`avatar--${speaker}`);
    node.querySelector(".turn__name").textContent = name;
    node.dataset.item = item;
    this.list.append(node);
    return node;
  }

  /** Take a caption away: its turn is stored, or nothing more came of it. */
  fade(item) {
    clearTimeout(this.fading.get(item));
    this.fading.delete(item);
    const node = this.find(item);
    if (node && !node.dataset.seq) node.remove();
  }

  find(item) {
    return this.list.querySelector(`[data-item="${CSS.escape(item)}"]`);
  }

  /** Pin the sentence that called for a person, and others that were flagged. */
  mark(flags = this.flags ?? []) {
    this.flags = flags;
    const said = (item) =>
      item
        ? this.list.querySelector(
            `[data-item="${CSS.escape(item)}"], [data-client="${CSS.escape(item)}"]`,
          )
        : null;
    for (const { item, severity } of flags) said(item)?.setAttribute("data-flag", severity);
    this.evidence = said(this.list.dataset.evidence);
    this.evidence?.setAttribute("data-evidence-here", "");
  }

  /** The entry with this number; null: it is older than what is shown. */
  numbered(seq) {
    return this.list.querySelector(`li[data-seq="${CSS.escape(seq)}"]`);
  }

  /** Bring an entry into view and the keyboard to it, and let it stand out for a moment. */
  show(node) {
    const [list, entry] = [this.list, node].map((one) => one.getBoundingClientRect());
    // Of the list alone: `scrollIntoView` would move the page around it as well.
    const top = entry.top - list.top - (list.height - entry.height) / 2;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.list.scrollBy({ top, behavior: still ? "auto" : "smooth" });
    node.tabIndex = -1;
    node.focus({ preventScroll: true });
    node.toggleAttribute("data-here", true);
    setTimeout(() => node.removeAttribute("data-here"), HERE_MS);
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.list;
    this.following = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    if (this.following) this.jump.hidden = true;
  }

  settleScroll() {
    if (this.following) this.follow();
    else this.jump.hidden = false;
  }

  follow() {
    this.following = true;
    this.jump.hidden = true;
    this.list.scrollTop = this.list.scrollHeight;
  }
}
