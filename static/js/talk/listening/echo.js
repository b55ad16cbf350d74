// Detects that the coach hears itself. A sound that cut the coach off was most likely its echo when
// its words are none, or the coach's own. Rules only; times are milliseconds.

const WITHIN_MS = 60000;
const ENOUGH = 2;
const OWN_MS = 1200; // a cut so soon after a tap or a typed text is the member's
const HEARD_MS = 15000; // the transcript of a sound comes within this
const KEPT_CHARS = 2000; // of what the coach said last

function plain(text) {
  return ` ${(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(" ")} `;
}

export class EchoWatch {
  constructor() {
    this.items = new Map(); // the coach's item -> its words so far
    this.ownAt = -Infinity;
    this.cutAt = null;
    this.echoes = [];
  }

  coachSaid(item, text) {
    this.items.delete(item);
    this.items.set(item, text);
    if (this.items.size > 4) this.items.delete(this.items.keys().next().value);
  }

  /** The member stopped the coach by hand: the next cut is theirs. */
  byHand(now) {
    this.ownAt = now;
  }

  /** The coach was cut off while it was heard. */
  cut(now) {
    if (now - this.ownAt > OWN_MS) this.cutAt = now;
  }

  /** The words of the sound, "" for none. True when this begins to look like an echo. */
  heard(text, now) {
    const { cutAt } = this;
    this.cutAt = null;
    if (cutAt === null || now - cutAt > HEARD_MS || !this.isEcho(text)) return false;
    this.echoes = this.echoes.filter((at) => now - at < WITHIN_MS);
    this.echoes.push(now);
    return this.echoes.length >= ENOUGH;
  }

  /** An utterance that came to nothing; dropped items of the coach are none. */
  dropped(item, now) {
    return this.items.has(item) ? false : this.heard("", now);
  }

  isEcho(text) {
    const said = plain(text);
    const coach = [...this.items.values()].join(" ").slice(-KEPT_CHARS);
    return said.trim() === "" || plain(coach).includes(said);
  }
}

const WORN =
  /head(phone|set)|ear(phone|bud|pod)|airpod|buds|hands-?free|hörgerät|casque|auricular/i;

/** Whether sound most likely comes out of a loudspeaker: unless a name says otherwise, it does. */
export function loudspeaker(devices) {
  const outputs = devices.filter((device) => device.kind === "audiooutput");
  const used = outputs.find((device) => device.deviceId === "default") ?? outputs[0];
  return !WORN.test(used?.label ?? "");
}
