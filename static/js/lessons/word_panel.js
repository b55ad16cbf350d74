// What a word of the partner's line means: a tap on it, or Enter on the line and then the arrows.
// Nothing in the thread is wrapped or moved: the word is found where the finger is.

import { parse, post } from "../net/http.js";
import { failed } from "../ui/send.js";

const LINE = ".turn--coach .turn__text";
const WORD = /[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*/gu;
const NEAR = 6; // pixels beside a word that still are a tap on it

/** The words of a text, each with its place. Pure. */
export function wordsOf(text) {
  return [...text.matchAll(WORD)].map(({ 0: word, index }) => ({ word, start: index }));
}

/** Which of the words is at a place of the text; -1: none. Pure. */
export function wordAt(words, place) {
  return words.findIndex(({ word, start }) => place >= start && place <= start + word.length);
}

/** The place in a text node beneath a point. */
function caret(x, y) {
  const found = document.caretPositionFromPoint?.(x, y);
  if (found) return { node: found.offsetNode, place: found.offset };
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, place: range.startOffset } : null;
}

function isOn(node, { word, start }, { clientX: x, clientY: y }) {
  const range = document.createRange();
  range.setStart(node, start);
  range.setEnd(node, start + word.length);
  return [...range.getClientRects()].some(
    ({ left, right, top, bottom }) =>
      x >= left - NEAR && x <= right + NEAR && y >= top - NEAR && y <= bottom + NEAR,
  );
}

class WordPanel {
  constructor(panel) {
    this.panel = panel;
    this.found = panel.querySelector("[data-word-found]");
    this.line = null;
    this.words = [];
    this.at = 0;
    this.asked = 0; // the newest question, whose answer is shown
    panel.addEventListener("keydown", (event) => this.key(event));
    panel.addEventListener("click", (event) => this.press(event));
  }

  open(line, at) {
    if (this.panel.hidden) this.found.replaceChildren();
    this.line = line;
    this.words = wordsOf(line.textContent);
    this.at = at;
    if (this.words.length > 0) this.show();
  }

  close() {
    const inside = this.panel.contains(document.activeElement);
    this.panel.hidden = true;
    this.asked += 1;
    if (inside) this.line.focus({ preventScroll: true });
  }

  step(by) {
    this.at = (this.at + by + this.words.length) % this.words.length;
    this.show();
  }

  async show(keep = false) {
    this.asked += 1;
    const asked = this.asked;
    const data = new FormData();
    data.set("word", this.words[this.at].word);
    data.set("line", this.line.textContent);
    if (keep) data.set("keep", "1");
    try {
      const answer = await post(this.panel.dataset.url, data);
      const html = await answer.text();
      if (asked !== this.asked) return;
      const held = this.found.contains(document.activeElement);
      this.found.replaceChildren(parse(html));
      this.panel.hidden = false;
      if (held) this.panel.focus({ preventScroll: true });
    } catch (error) {
      failed(error, "", null);
    }
  }

  press({ target }) {
    const step = target.closest("[data-word-step]");
    if (step) this.step(Number(step.dataset.wordStep));
    else if (target.closest("[data-word-keep]")) this.show(true);
    else if (target.closest("[data-word-close]")) this.close();
  }

  key(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) this.step(step);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault(); // Escape would stop the partner
    event.stopPropagation();
  }
}

export function startWordPanel(root) {
  const panel = new WordPanel(root.querySelector("[data-word-panel]"));
  const thread = root.querySelector("[data-thread]");
  const mark = () => {
    for (const line of thread.querySelectorAll(`${LINE}:not([tabindex])`)) {
      line.tabIndex = 0;
      line.setAttribute("aria-describedby", "word-help");
    }
  };
  new MutationObserver(mark).observe(thread, { childList: true });
  mark();
  thread.addEventListener("click", (event) => {
    const line = event.target.closest(LINE);
    const under = line && getSelection().isCollapsed && caret(event.clientX, event.clientY);
    if (!under || under.node !== line.firstChild) return;
    const words = wordsOf(line.textContent);
    const at = wordAt(words, under.place);
    if (at >= 0 && isOn(under.node, words[at], event)) panel.open(line, at);
  });
  thread.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches(LINE)) return;
    event.preventDefault();
    panel.open(event.target, 0);
    panel.panel.hidden = false;
    panel.panel.focus({ preventScroll: true });
  });
}
