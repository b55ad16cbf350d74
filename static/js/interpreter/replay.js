// The translated sound of the last lines, to be played again. It is kept on this page alone.

const LINES = 30; // the oldest is forgotten
const BYTES_OF_LINE = 60 * 48_000; // a minute; what is longer is not kept whole, so not at all
const HEADER_BYTES = 8;
const AGAIN = 0x8000; // what is played again is another item

export class Replay {
  constructor() {
    this.lines = new Map(); // item -> its frames with their headers, and how many bytes
    this.rounds = 0;
  }

  /** A frame that came; it is copied, since the player takes the buffer. */
  keep(buffer) {
    if (buffer.byteLength <= HEADER_BYTES) return;
    const item = new DataView(buffer).getUint16(4, true);
    if (!this.lines.has(item)) this.lines.set(item, { frames: [], bytes: 0 });
    if (this.lines.size > LINES) this.lines.delete(this.lines.keys().next().value);
    const line = this.lines.get(item);
    line.bytes += buffer.byteLength;
    if (line.bytes < BYTES_OF_LINE) line.frames.push(buffer.slice(0));
    else line.frames = [];
  }

  /** Whether the line of this item can be played again. */
  has(item) {
    return this.framesOf(item).length > 0;
  }

  framesOf(item) {
    return this.lines.get(item)?.frames ?? [];
  }

  /** Copies of its frames, as an item of their own. */
  again(item) {
    this.rounds += 1;
    return this.framesOf(item).map((frame) => {
      const copy = frame.slice(0);
      new DataView(copy).setUint16(4, AGAIN | (this.rounds & 0x7fff), true);
      return copy;
    });
  }
}
