// Who else reads the open case, or writes in it. A colleague says so every few seconds, and who says
// it no more is gone.

const HERE_MS = 10_000;
const TYPING_MS = 5000;
const TICK_MS = 1000;
export const TYPING_EVERY_MS = 2500;

export class Colleagues {
  /** `place` shows them; `words` are {here, typing} with a {names}. */
  constructor(place, words, { now = () => performance.now(), every = setInterval } = {}) {
    this.place = place;
    this.words = words;
    this.now = now;
    this.known = new Map();
    this.timer = every(() => this.show(), TICK_MS);
  }

  close() {
    clearInterval(this.timer);
  }

  note({ expert, name, typing }) {
    const at = this.now();
    const before = this.known.get(expert);
    const typedAt = typing ? at : (before?.typedAt ?? Number.NEGATIVE_INFINITY);
    this.known.set(expert, { name, at, typedAt });
    this.show();
  }

  show() {
    const at = this.now();
    for (const [expert, { at: seen }] of this.known) {
      if (at - seen > HERE_MS) this.known.delete(expert);
    }
    const all = [...this.known.values()];
    const writing = all.filter(({ typedAt }) => at - typedAt < TYPING_MS);
    const text = [
      sentence(this.words.typing, writing),
      sentence(
        this.words.here,
        all.filter((one) => !writing.includes(one)),
      ),
    ];
    const shown = text.filter(Boolean).join(" ");
    if (this.place.textContent !== shown) this.place.textContent = shown;
    this.place.hidden = shown === "";
  }
}

function sentence(words, people) {
  if (people.length === 0) return "";
  return words.replace("{names}", people.map(({ name }) => name).join(", "));
}
