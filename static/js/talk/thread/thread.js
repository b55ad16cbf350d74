// The thread of a talk: what the server has stored, by number and without gaps, and beneath it the
// captions of what is being said and the texts that are not stored yet.

import { fragment, parse } from "../../net/http.js";
import { paintTimes } from "../../ui/times.js";
import { Entries, setText } from "./entries.js";
import { PendingTexts } from "./pending.js";
import { ThreadScroll } from "./scroll.js";
import { Sequence } from "./sequence.js";

const LATEST_CARDS = 8; // cards that are drawn again when something changed

export class Thread {
  /** `on.settled(clientId)` when a typed text has become a turn, `on.trouble(error)`. */
  constructor(root, url, on) {
    const list = root.querySelector("[data-thread]");
    this.announcer = root.querySelector("[data-announce]");
    this.url = url;
    this.on = on;
    this.entries = new Entries(root, list);
    this.pendingTexts = new PendingTexts(this.entries, on.settled);
    this.sequence = new Sequence(Number(list.dataset.last));
    this.scroll = new ThreadScroll(root, list);
    document.addEventListener("coachline:changed", () => this.refreshCards());
    paintTimes(list);
    this.follow();
  }

  /** The last number up to which nothing is missing. */
  get last() {
    return this.sequence.last;
  }

  find(key, value) {
    return this.entries.find(key, value);
  }

  // --- what is stored -------------------------------------------------------------------------

  /** A stored turn as the socket tells it; replaces its caption and its pending copy. */
  turn(message) {
    const order = this.sequence.note(message.seq);
    if (order === "seen") return;
    const node = this.entries.blank(message.speaker);
    node.dataset.seq = message.seq;
    node.dataset.item = message.item ?? "";
    node.dataset.client = message.client_id ?? "";
    if (message.author) setText(node, ".turn__name", message.author);
    setText(node, ".turn__text", message.text);
    node.querySelector(".turn__cut")?.toggleAttribute("hidden", !message.interrupted);
    const time = node.querySelector("time");
    if (time) time.dateTime = message.at;
    this.place(node);
    if (["expert", "system"].includes(message.speaker)) {
      this.announce(`${message.author ?? ""} ${message.text}`.trim());
    }
    if (order === "gap") this.catchUp();
  }

  /** A card: its place is kept at once, its drawing is fetched. */
  async card(message) {
    const order = this.sequence.note(message.seq);
    if (order === "seen") return;
    if (order === "gap") this.catchUp();
    try {
      this.adopt(parse(await fragment(message.url)));
    } catch (error) {
      this.on.trouble(error);
    }
  }

  /** Fetch what is missing; what is here already stays. */
  async catchUp() {
    try {
      this.take(await fragment(`${this.url}?since=${this.last}`));
    } catch (error) {
      this.on.trouble(error);
    }
  }

  /** The thread's piece since the last number that is here. */
  take(html) {
    const nodes = parse(html);
    const last = Number(nodes.querySelector("[data-last]")?.dataset.last ?? 0);
    this.adopt(nodes);
    this.sequence.settle(last);
  }

  /** Draw the newest cards again: they show rows that may have changed. */
  async refreshCards() {
    const cards = this.entries.all("li[data-card-url]").slice(-LATEST_CARDS);
    await Promise.all(
      cards.map(async (card) => {
        try {
          this.adopt(parse(await fragment(card.dataset.cardUrl)));
        } catch (error) {
          this.on.trouble(error);
        }
      }),
    );
  }

  adopt(nodes) {
    paintTimes(nodes);
    for (const node of [...nodes.querySelectorAll("li[data-seq]")]) {
      this.sequence.note(Number(node.dataset.seq));
      this.place(node);
    }
  }

  place(node) {
    this.entries.place(node);
    if (node.classList.contains("turn--member")) this.pendingTexts.settle(node);
    this.settleScroll();
  }

  // --- what is not stored yet -----------------------------------------------------------------

  /** Words as they are being said. */
  caption({ speaker, item, text }) {
    let node = this.find("item", item);
    if (node?.dataset.seq) return;
    if (!node) {
      node = this.entries.blank(speaker);
      node.dataset.item = item;
      node.classList.add("turn--live");
      this.entries.append(node);
    }
    setText(node, ".turn__text", text);
    this.settleScroll();
  }

  /** Nothing came of an utterance. */
  drop(item) {
    const node = this.find("item", item);
    if (node && !node.dataset.seq) node.remove();
  }

  /** Captions of a connection that is gone mean nothing to the next one. */
  dropCaptions() {
    for (const node of this.entries.all(".turn--live")) node.remove();
  }

  /** What the member typed; answers with its entry. */
  pending(id, text) {
    const node = this.pendingTexts.add(id, text);
    this.follow();
    return node;
  }

  /** What was typed waits for the connection, in these words beneath it; "": it was sent. */
  unsent(words) {
    this.pendingTexts.wait(words);
  }

  /** Put something of the page's own at the end. */
  append(node) {
    this.entries.append(node);
    this.follow();
  }

  // --- how it is read -------------------------------------------------------------------------

  /** Tell a screen reader. */
  announce(text) {
    this.announcer.textContent = text;
  }

  /** Something was added, or has grown. */
  settleScroll() {
    this.scroll.settle();
  }

  follow() {
    this.scroll.follow();
  }
}
