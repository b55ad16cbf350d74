// The translated sound of the last lines, to be played again. It is kept on this page alone.

const LINES = 30; // the oldest is forgotten
const BYTES_OF_LINE = 60 * 48_000; // a minute; what is longer is not kept whole, so not at all
const HEADER_BYTES = 8;
const AGAIN = 0x8000; // what is played again is another item

export class Replay {
  constructor() {
    this.frames = new Map(); // item -> frames with their headers
    this.rounds = 0;
  }

  /** A frame that came; it is copied, since the player takes the buffer. */
  keep(buffer) {
    if (buffer.byteLength <= HEADER_BYTES) return;
    const item = new DataView(buffer).getUint16(4, true);
    if (!this.frames.has(item) && this.frames.size >= LINES) {
      this.frames.delete(this.frames.keys().next().value);
    }
    const frames = this.frames.get(item) ?? [];
    frames.push(buffer.slice(0));
    this.frames.set(item, frames);
  }

  /** Whether the line of this item can be played again. */
  has(item) {
    const frames = this.frames.get(item) ?? [];
    const bytes = frames.reduce((sum, frame) => sum + frame.byteLength, 0);
    return bytes > 0 && bytes < BYTES_OF_LINE;
  }

  /** Copies of its frames, as an item of their own. */
  again(item) {
    this.rounds += 1;
    return (this.frames.get(item) ?? []).map((frame) => {
      const copy = frame.slice(0);
      new DataView(copy).setUint16(4, AGAIN | (this.rounds & 0x7fff), true);
      return copy;
    });
  }
}
