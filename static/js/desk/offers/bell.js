// Rings for an offer until it is answered. Each tier has a phrase of its own.

const VOLUME = 0.22;
const LOUD = 0.45; // for a P0, over whatever else sounds
const ATTACK_S = 0.012;

/** Seconds between two rounds, and the notes of a round: [Hz, start in s, length in s]. */
export const PHRASES = [
  {
    every: 1.2,
    notes: [
      [988, 0, 0.14],
      [988, 0.2, 0.14],
      [1319, 0.4, 0.3],
    ],
  },
  {
    every: 1.8,
    notes: [
      [880, 0, 0.18],
      [1175, 0.24, 0.3],
    ],
  },
  {
    every: 3,
    notes: [
      [659, 0, 0.22],
      [880, 0.26, 0.4],
    ],
  },
  {
    every: 4.5,
    notes: [
      [523, 0, 0.25],
      [659, 0.28, 0.45],
    ],
  },
  { every: 6, notes: [[523, 0, 0.5]] },
];

export class Bell {
  /** `on.change()` whenever the sound becomes possible or impossible. */
  constructor(on, Context = globalThis.AudioContext) {
    this.on = on;
    this.Context = Context;
    this.context = null;
    this.tier = null;
    this.timer = 0;
  }

  get armed() {
    return this.context?.state === "running";
  }

  /** Must be called from a tap or a key: browsers keep pages silent until then. */
  async arm() {
    if (this.armed || !this.Context) return;
    if (!this.context) {
      this.context = new this.Context();
      this.context.onstatechange = () => this.on.change();
    }
    await this.context.resume();
    this.on.change();
  }

  /** Ring for an offer of `tier` until hush(). */
  ring(tier) {
    if (this.tier === tier) return;
    this.hush();
    this.tier = tier;
    this.play(tier);
    const { every } = PHRASES[tier] ?? PHRASES.at(-1);
    this.timer = setInterval(() => this.play(tier), every * 1000);
  }

  hush() {
    clearInterval(this.timer);
    this.tier = null;
  }

  /** One round, to let somebody hear that it works. */
  play(tier) {
    if (!this.armed) return;
    const { notes } = PHRASES[tier] ?? PHRASES.at(-1);
    const volume = tier === 0 ? LOUD : VOLUME;
    for (const note of notes) this.note(note, volume);
  }

  note([hz, start, length], volume) {
    const begin = this.context.currentTime + start;
    const tone = new OscillatorNode(this.context, { type: "triangle", frequency: hz });
    const gain = new GainNode(this.context, { gain: 0 });
    gain.gain.setValueAtTime(0, begin);
    gain.gain.linearRampToValueAtTime(volume, begin + ATTACK_S);
    gain.gain.exponentialRampToValueAtTime(0.001, begin + length);
    tone.connect(gain).connect(this.context.destination);
    tone.start(begin);
    tone.stop(begin + length);
  }
}
