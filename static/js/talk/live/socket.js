// The socket of a talk: it keeps what must not be lost, and drops what has gone stale. It reads no
// message: messages.js does, and calls `resume()`, `answered()` and `refused()`.

import { ReconnectingSocket } from "../../net/reconnect.js";

const BACKLOG_BYTES = 48000; // one second of audio that the network has not taken
const KEPT_FRAMES = 500; // ten seconds of speech kept over a reconnection
const STALE = new Set([4400, 4401, 4404, 4410]); // not for this page, or not as it is
const GOODBYE = new Set([1000, 4403, 4408, ...STALE]); // the server does not want us back

export class TalkSocket {
  /**
   * `on.message(object)`, `on.audio(buffer)`, `on.down()` at each loss, `on.gone(code)` when there
   * is no coming back. `since()` is the last number of the thread on the page, `texts` (id -> text)
   * what was typed and is not in the thread.
   */
  constructor(url, { on, since, texts = new Map(), Socket = globalThis.WebSocket }) {
    this.on = on;
    this.texts = texts;
    this.ready = false;
    this.stale = false; // finished, and only another page could do better
    this.frames = []; // audio that waits for the connection
    this.connection = new ReconnectingSocket(url, {
      goodbye: GOODBYE,
      expectsPong: false,
      Socket,
      on: {
        open: () => this.write({ type: "hello", since: since() }),
        data: (data) => this.received(data),
        ping: () => this.send({ type: "ping" }),
        lost: () => this.lost(),
        gone: (code) => this.gone(code),
      },
    });
  }

  /** There will be no further attempt unless the member asks for one. */
  get finished() {
    return this.connection.finished;
  }

  /** A connection is open or being opened. */
  get present() {
    return this.connection.socket !== null;
  }

  open() {
    this.connection.connect();
  }

  received(data) {
    if (typeof data === "string") this.on.message(JSON.parse(data));
    else this.on.audio(data);
  }

  /** Connected again: what waited goes out, texts under their first id, so that none is doubled. */
  resume() {
    this.connection.settled();
    this.ready = true;
    for (const [id, text] of this.texts) this.write({ type: "text", id, text });
    for (const frame of this.frames.splice(0)) this.connection.send(frame);
  }

  /** The server has answered a ping. */
  answered() {
    this.connection.answered();
  }

  /** The server has said that it will not serve this page any longer. */
  refused() {
    this.connection.finish();
  }

  lost() {
    this.ready = false;
    this.on.down();
  }

  gone(code) {
    this.ready = false;
    this.stale = STALE.has(code);
    this.on.gone(code);
  }

  /** The member asks for another try after the end. What was typed is kept, old sound is not. */
  again() {
    if (this.present) return;
    this.frames = [];
    this.connection.again();
  }

  /** The network is back, or the page is seen again. */
  hurry() {
    this.connection.hurry();
  }

  /** Send a small message about this moment; false when there is no connection (it is dropped). */
  send(message) {
    if (!this.ready) return false;
    this.write(message);
    return true;
  }

  /** Send also before the server is ready, for what it must know first. */
  write(message) {
    this.connection.send(JSON.stringify(message));
  }

  /** Send what was typed; it is kept and sent again until `settled(id)`. */
  text(id, text) {
    this.texts.set(id, text);
    this.send({ type: "text", id, text });
  }

  settled(id) {
    this.texts.delete(id);
  }

  /** Send 20 ms of speech. A slow network loses old audio rather than falling behind. */
  audio(pcm) {
    if (this.finished) return;
    if (!this.ready || !this.connection.connected) {
      this.frames.push(pcm);
      if (this.frames.length > KEPT_FRAMES) this.frames.shift();
    } else if (this.connection.backlog < BACKLOG_BYTES) {
      this.connection.send(pcm);
    }
  }

  close() {
    this.ready = false;
    this.connection.close();
  }
}
