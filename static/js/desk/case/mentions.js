// Colleagues in a note: «@» lists them, letters narrow the list, Enter writes the name.

import { Suggestions } from "./suggestions.js";

const ASKED = /(?:^|\s)@(\p{L}[\p{L}\p{M}.'’-]*)?$/u;

/** The letters behind the «@» before the caret; null where no colleague is being named. */
export function asked(before) {
  const found = ASKED.exec(before);
  return found ? (found[1] ?? "").toLowerCase() : null;
}

export class Mentions extends Suggestions {
  constructor(list, box) {
    super(list, box, [...list.querySelectorAll("[data-mention]")]);
  }

  get before() {
    return this.box.value.slice(0, this.box.selectionStart);
  }

  fits() {
    const letters = asked(this.before);
    if (letters === null) return [];
    return this.options.filter(({ dataset }) =>
      dataset.mention
        .toLowerCase()
        .split(/\s+/)
        .some((word) => word.startsWith(letters)),
    );
  }

  insert(option) {
    const { before } = this;
    const rest = this.box.value.slice(before.length);
    const until = before.lastIndexOf("@");
    const named = `${before.slice(0, until)}@${option.dataset.mention} `;
    this.box.value = named + rest;
    this.box.setSelectionRange(named.length, named.length);
  }
}
