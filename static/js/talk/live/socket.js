// The one socket of a talk: reconnects, keeps what must not be lost, drops what has gone stale.

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 10000;
const PING_MS = 10000;
const DEAD_MS = 25000; // without any answer, once the server has shown that it answers pings
const BACKLOG_BYTES = 48000; // one second of audio that the network has not taken
const KEPT_FRAMES = 500; // ten seconds of speech kept over a reconnection
const STALE = new Set([4400, 4401, 4404, 4410]); // not for this page, or not as it is
const GOODBYE = new Set([1000, 4400, 4401, 4403, 4404, 4408, 4410]); // the server does not want us back

/** Milliseconds before attempt `n` (0, 1, 2 …): exponential, with jitter so that pages spread. */
export function backoff(attempt, random = Math.random) {
  const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
  return ceiling / 2 + (ceiling / 2) * random();
}

/**
 * `on.message(object)`, `on.audio(buffer)`, `on.down()` at each loss, `on.gone(code)` when there is
 * no coming back. `since()` is the last number of the thread on the page, `texts` (id -> text) what
 * was typed and is not in the thread.
 */
export class TalkSocket {
  constructor(url, { on, since, texts = new Map(), Socket = globalThis.WebSocket }) {
    this.url = url;
    this.on = on;
    this.since = since;
    this.Socket = Socket;
    this.attempt = 0;
    this.ready = false;
    this.finished = false;
    this.stale = false; // finished, and only another page could do better
    this.texts = texts;
    this.frames = []; // audio that waits for the connection
    this.answers = false;
  }

  open() {
    this.ready = false;
    const socket = new this.Socket(this.url);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.write({ type: "hello", since: this.since() });
    socket.onmessage = ({ data }) => this.receive(data);
    socket.onclose = ({ code }) => {
      if (socket === this.socket) this.closed(code);
    };
    this.socket = socket;
    this.heardAt = Date.now();
    this.heart = setInterval(() => this.beat(), PING_MS);
  }

  receive(data) {
    this.heardAt = Date.now();
    if (typeof data !== "string") {
      this.on.audio(data);
      return;
    }
    const message = JSON.parse(data);
    if (message.type === "pong") {
      this.answers = true;
      return;
    }
    if (message.type === "error" && message.fatal) this.finished = true;
    this.on.message(message);
    if (message.type === "ready") this.resume();
  }

  /** Connected again: what waited goes out, texts under their first id so that none counts twice. */
  resume() {
    this.attempt = 0;
    this.ready = true;
    for (const [id, text] of this.texts) this.write({ type: "text", id, text });
    for (const frame of this.frames.splice(0)) this.socket.send(frame);
  }

  closed(code) {
    clearInterval(this.heart);
    this.ready = false;
    this.socket = null;
    if (this.finished || GOODBYE.has(code)) {
      this.finished = true;
      this.stale = STALE.has(code);
      this.on.gone(code);
      return;
    }
    this.on.down();
    this.timer = setTimeout(() => this.open(), backoff(this.attempt));
    this.attempt += 1;
  }

  /** The member asks for another try after the end. What was typed is kept, old sound is not. */
  again() {
    if (this.socket) return;
    this.finished = false;
    this.attempt = 0;
    this.frames = [];
    this.open();
  }

  /** The network is back, or the page is seen again: do not sit out the wait. */
  hurry() {
    if (this.socket || this.finished || !this.timer) return;
    clearTimeout(this.timer);
    this.attempt = 0;
    this.open();
  }

  beat() {
    if (this.answers && Date.now() - this.heardAt > DEAD_MS) {
      // A dead line may take minutes to close by itself, and its late events are not ours.
      const dead = this.socket;
      this.closed(1006);
      dead.close();
      return;
    }
    this.send({ type: "ping" });
  }

  /** Send a small message about this moment; false when there is no connection (it is dropped). */
  send(message) {
    if (!this.ready) return false;
    this.write(message);
    return true;
  }

  write(message) {
    if (this.socket?.readyState === this.Socket.OPEN) this.socket.send(JSON.stringify(message));
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
    if (!this.ready || this.socket.readyState !== this.Socket.OPEN) {
      this.frames.push(pcm);
      if (this.frames.length > KEPT_FRAMES) this.frames.shift();
    } else if (this.socket.bufferedAmount < BACKLOG_BYTES) {
      this.socket.send(pcm);
    }
  }

  close() {
    this.finished = true;
    this.ready = false;
    clearTimeout(this.timer);
    clearInterval(this.heart);
    this.socket?.close(1000);
  }
}
