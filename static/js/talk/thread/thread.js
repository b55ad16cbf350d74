// The thread of a talk: stored turns and cards in their order, live captions beneath them.
// Markup is the server's: stored entries come as fragments or as clones of its own templates, and
// words are only ever set as text.

import { fragment, parse } from "../../net/http.js";
import { paintTimes } from "../../ui/times.js";
import { Sequence } from "./sequence.js";

const NEAR_END_PX = 80;
const LATEST_CARDS = 8; // cards that are drawn anew when something changed

export class Thread {
  /** `on.settled(clientId)` when a typed text has become a turn, `on.trouble(error)`. */
  constructor(root, url, on) {
    this.list = root.querySelector("[data-thread]");
    this.scroller = root.querySelector("[data-thread-scroll]");
    this.jump = root.querySelector("[data-jump]");
    this.announcer = root.querySelector("[data-announce]");
    this.url = url;
    this.on = on;
    this.templates = new Map();
    for (const template of root.querySelectorAll("template[data-turn]")) {
      this.templates.set(template.dataset.turn, template.content.firstElementChild);
    }
    this.sequence = new Sequence(Number(this.list.dataset.last));
    this.following = true;
    this.top = 0; // where the reader was
    this.scroller.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.jump.addEventListener("click", () => this.follow());
    // Its room changes too: the panel above it fills, a phone's keyboard opens.
    const sizes = new ResizeObserver(() => this.following && this.follow());
    sizes.observe(this.scroller);
    sizes.observe(this.list);
    document.addEventListener("coachline:changed", () => this.refreshCards());
    paintTimes(this.list);
    this.follow();
  }

  get last() {
    return this.sequence.last;
  }

  get empty() {
    return this.list.children.length === 0;
  }

  /** A stored turn as the socket tells it; replaces its caption and its unsent copy. */
  turn(message) {
    const order = this.sequence.note(message.seq);
    if (order === "seen") return;
    const node = this.clone(message.speaker);
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
      this.announcer.textContent = `${message.author ?? ""} ${message.text}`.trim();
    }
    if (order === "gap") this.catchUp();
  }

  /** A card: its place is kept at once, its drawing is fetched. */
  async card(message) {
    const order = this.sequence.note(message.seq);
    if (order === "seen") return;
    if (order === "gap") this.catchUp();
    try {
      this.merge(await fragment(message.url));
    } catch (error) {
      this.on.trouble(error);
    }
  }

  /** Words as they are being said. */
  caption({ speaker, item, text }) {
    if (this.find("item", item)?.dataset.seq) return;
    let node = this.find("item", item);
    if (!node) {
      node = this.clone(speaker);
      node.dataset.item = item;
      node.classList.add("turn--live");
      this.list.append(node);
    }
    setText(node, ".turn__text", text);
    this.settleScroll();
  }

  /** What was typed, before the server has it. */
  pending(id, text) {
    const node = this.clone("member");
    node.dataset.client = id;
    node.classList.add("turn--pending");
    setText(node, ".turn__text", text);
    this.list.append(node);
    this.follow();
    return node;
  }

  /** What was typed waits for the line, in these words beneath it; empty: it has gone out. */
  unsent(words) {
    for (const node of this.list.querySelectorAll(".turn--pending:not(.turn--note)")) {
      let line = node.querySelector(".turn__note");
      if (!words) line?.remove();
      else if (!line) {
        line = document.createElement("p");
        line.className = "turn__note";
        line.textContent = words;
        node.querySelector(".turn__body").append(line);
      }
    }
  }

  drop(item) {
    const node = this.find("item", item);
    if (node && !node.dataset.seq) node.remove();
  }

  /** Captions of a connection that is gone mean nothing to the next one. */
  dropCaptions() {
    for (const node of this.list.querySelectorAll(".turn--live")) node.remove();
  }

  /** Fetch what is missing; what is here already stays. */
  async catchUp() {
    try {
      const since = this.sequence.last;
      this.take(await fragment(`${this.url}?since=${since}`));
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

  /** Draw the newest cards anew: they show rows that may have changed. */
  async refreshCards() {
    const cards = [...this.list.querySelectorAll("li[data-card-url]")].slice(-LATEST_CARDS);
    await Promise.all(
      cards.map(async (card) => {
        try {
          this.merge(await fragment(card.dataset.cardUrl));
        } catch (error) {
          this.on.trouble(error);
        }
      }),
    );
  }

  merge(html) {
    this.adopt(parse(html));
  }

  adopt(nodes) {
    paintTimes(nodes);
    for (const node of [...nodes.querySelectorAll("li[data-seq]")]) {
      this.sequence.note(Number(node.dataset.seq));
      this.place(node);
    }
  }

  /** Put a numbered entry where it belongs, in the stead of whatever stood for it. */
  place(node) {
    paintTimes(node);
    for (const key of ["seq", "item", "client"]) {
      const old = node.dataset[key] ? this.find(key, node.dataset[key]) : null;
      if (old && old !== node) this.replaced(old, node);
    }
    const text = node.querySelector(".turn__text")?.textContent;
    if (node.classList.contains("turn--member")) this.settleTyped(node, text);
    const seq = Number(node.dataset.seq);
    const next = [...this.list.children].find(
      (other) => !other.dataset.seq || Number(other.dataset.seq) > seq,
    );
    this.list.insertBefore(node, next ?? null);
    this.settleScroll();
  }

  replaced(old, node) {
    const kept = old.contains(document.activeElement) ? document.activeElement.id : "";
    old.remove();
    if (kept) queueMicrotask(() => node.querySelector(`#${CSS.escape(kept)}`)?.focus());
  }

  /** A typed text is in the thread: by its id, or by its words when the server named none. */
  settleTyped(node, text) {
    if (node.dataset.client) this.on.settled(node.dataset.client);
    for (const pending of this.list.querySelectorAll(".turn--pending")) {
      const same = pending.querySelector(".turn__text").textContent === text;
      if (!node.dataset.client && same) {
        this.on.settled(pending.dataset.client);
        pending.remove();
        return;
      }
    }
  }

  find(key, value) {
    return this.list.querySelector(`[data-${key}="${CSS.escape(value)}"]`);
  }

  clone(speaker) {
    return this.templates.get(speaker).cloneNode(true);
  }

  /** Only moving up leaves the end: what was added or took room away was not the reader. */
  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    const near = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    this.following = near || (this.following && scrollTop >= this.top);
    this.top = scrollTop;
    if (near) this.jump.hidden = true;
  }

  /** New content: follow it, unless the reader has scrolled up to read. */
  settleScroll() {
    if (this.following) this.follow();
    else this.jump.hidden = false;
  }

  follow() {
    this.following = true;
    this.jump.hidden = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.top = this.scroller.scrollTop;
  }
}

function setText(node, selector, text) {
  const target = node.querySelector(selector);
  if (target) target.textContent = text;
}
