// Ready sentences: "/" in an empty box lists them, letters narrow the list, Enter inserts one.

import { Suggestions } from "./suggestions.js";

const ASKED = /^\/(\S*)$/;

/** Which replies a text asks for: `replies` are {key, title}; null where it asks for none. */
export function asked(text, replies) {
  const found = ASKED.exec(text);
  if (!found) return null;
  const word = found[1].toLowerCase();
  const starts = ({ key, title }) => key.startsWith(word) || title.toLowerCase().startsWith(word);
  const holds = ({ key, title }) => key.includes(word) || title.toLowerCase().includes(word);
  const first = replies.filter(starts);
  return [...first, ...replies.filter((one) => holds(one) && !first.includes(one))];
}

export class Replies extends Suggestions {
  constructor(list, box) {
    const nodes = [...list.querySelectorAll("[data-key-word]")];
    super(list, box, nodes);
    this.all = nodes.map((node) => ({
      key: node.dataset.keyWord,
      title: node.dataset.title,
      node,
    }));
  }

  fits() {
    return (asked(this.box.value, this.all) ?? []).map(({ node }) => node);
  }

  insert(option) {
    this.box.value = option.dataset.text;
  }
}
