// What both sockets of the page share: where to connect, when to try again, when to give up.

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 10000;
const PING_MS = 10000;
const DEAD_MS = 25000; // without any answer

/** Milliseconds before attempt `n` (0, 1, 2 …): exponential, with jitter so that pages spread. */
export function backoff(attempt, random = Math.random) {
  const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
  return ceiling / 2 + (ceiling / 2) * random();
}

/** The address of a socket of this server: secure where the page is. */
export function socketAddress(path, page = globalThis.location.href) {
  const url = new URL(path, page);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}

/** A WebSocket that connects again after each loss, and notices a connection that died silently. */
export class ReconnectingSocket {
  /**
   * `goodbye`: close codes after which the server does not want this page back. `expectsPong`:
   * silence counts as death from the start; else only once `answered()` has shown that the server
   * answers pings. `on.open()`, `on.data(data)`, `on.ping()` when a ping is due, `on.lost()` at
   * each loss, `on.gone(code)` when no further attempt follows.
   */
  constructor(url, { goodbye, expectsPong, on, Socket = globalThis.WebSocket }) {
    this.url = url;
    this.goodbye = goodbye;
    this.expectsPong = expectsPong;
    this.on = on;
    this.Socket = Socket;
    this.socket = null;
    this.attempt = 0;
    this.finished = false;
    this.timer = null;
    this.heartbeat = null;
  }

  get connected() {
    return this.socket?.readyState === this.Socket.OPEN;
  }

  /** Bytes that the network has not taken yet. */
  get backlog() {
    return this.socket?.bufferedAmount ?? 0;
  }

  /** Does nothing when there is a connection, or one is being made. */
  connect() {
    if (this.socket) return;
    clearTimeout(this.timer);
    this.timer = null;
    const socket = new this.Socket(this.url);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      if (socket === this.socket) this.on.open();
    };
    socket.onmessage = ({ data }) => {
      if (socket !== this.socket) return;
      this.heardAt = Date.now();
      this.on.data(data);
    };
    socket.onclose = ({ code }) => {
      if (socket === this.socket) this.closed(code);
    };
    this.socket = socket;
    this.heardAt = Date.now();
    this.heartbeat = setInterval(() => this.beat(), PING_MS);
  }

  /** The server is ready for us: the next loss begins with a short wait again. */
  settled() {
    this.attempt = 0;
  }

  answered() {
    this.expectsPong = true;
  }

  /** After the next close there is no further attempt. */
  finish() {
    this.finished = true;
  }

  closed(code) {
    clearInterval(this.heartbeat);
    this.socket = null;
    if (this.goodbye.has(code)) this.finished = true;
    if (this.finished) {
      this.on.gone(code);
      return;
    }
    this.on.lost();
    this.timer = setTimeout(() => this.connect(), backoff(this.attempt));
    this.attempt += 1;
  }

  beat() {
    if (this.expectsPong && Date.now() - this.heardAt > DEAD_MS) {
      // A dead connection may take minutes to close by itself, and its late events are not ours.
      const dead = this.socket;
      this.closed(1006);
      dead.close();
      return;
    }
    this.on.ping();
  }

  /** The network is back, or the page is seen again: do not sit out the wait. */
  hurry() {
    if (this.finished || !this.timer) return;
    this.attempt = 0;
    this.connect();
  }

  /** Try again although there was to be no further attempt: somebody asks for it. */
  again() {
    if (this.socket) return;
    this.finished = false;
    this.attempt = 0;
    this.connect();
  }

  /** Send text or bytes; false when there is no open connection. */
  send(data) {
    if (!this.connected) return false;
    this.socket.send(data);
    return true;
  }

  close() {
    this.finished = true;
    clearTimeout(this.timer);
    clearInterval(this.heartbeat);
    this.socket?.close(1000);
  }
}
