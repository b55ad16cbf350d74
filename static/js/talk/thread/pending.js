// What the member typed, in the thread before the server has it.

import { setText } from "./entries.js";

export class PendingTexts {
  /** `settled(clientId)`: a typed text has become a turn. */
  constructor(entries, settled) {
    this.entries = entries;
    this.settled = settled;
  }

  add(id, text) {
    const node = this.entries.blank("member");
    node.dataset.client = id;
    node.classList.add("turn--pending");
    setText(node, ".turn__text", text);
    this.entries.append(node);
    return node;
  }

  /** They wait for the connection, in these words beneath each; "": they were sent. */
  wait(words) {
    for (const node of this.entries.all(".turn--pending:not(.turn--note)")) {
      const line = node.querySelector(".turn__note");
      if (!words) line?.remove();
      else if (!line) node.querySelector(".turn__body").append(waitingLine(words));
    }
  }

  /** The member's turn `node` is stored: its text is no longer pending. */
  settle(node) {
    const { client } = node.dataset;
    if (client) {
      this.settled(client);
      return;
    }
    // The server named no id: the same words are the same text.
    const words = wordsOf(node);
    const pending = this.entries.all(".turn--pending").find((other) => wordsOf(other) === words);
    if (!pending) return;
    this.settled(pending.dataset.client);
    pending.remove();
  }
}

function wordsOf(node) {
  return node.querySelector(".turn__text").textContent;
}

function waitingLine(words) {
  const line = document.createElement("p");
  line.className = "turn__note";
  line.textContent = words;
  return line;
}
