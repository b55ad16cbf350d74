// The desk's socket: reconnects, beats, and remembers which talk is read along.

import { backoff } from "../talk/live/socket.js";

const PING_MS = 10_000;
const DEAD_MS = 25_000;
const GOODBYE = new Set([4401, 4403]); // signed out, or no place at the desk

export class DeskSocket {
  /** `on.up()`, `on.message(event)`, `on.down()`, and `on.gone()` when there is no coming back. */
  constructor(url, { on, Socket = globalThis.WebSocket }) {
    this.url = url;
    this.on = on;
    this.Socket = Socket;
    this.attempt = 0;
    this.ready = false;
    this.finished = false;
    this.watched = null;
  }

  open() {
    clearTimeout(this.timer);
    const socket = new this.Socket(this.url);
    socket.onmessage = ({ data }) => this.receive(data);
    socket.onclose = ({ code }) => {
      if (socket === this.socket) this.closed(code);
    };
    this.socket = socket;
    this.heardAt = Date.now();
    clearInterval(this.heart);
    this.heart = setInterval(() => this.beat(), PING_MS);
  }

  receive(data) {
    this.heardAt = Date.now();
    const event = JSON.parse(data);
    if (event.type === "pong") return;
    if (event.type === "ready") {
      this.attempt = 0;
      this.ready = true;
      this.sendWatch();
      this.on.up();
      return;
    }
    this.on.message(event);
  }

  closed(code) {
    clearInterval(this.heart);
    this.ready = false;
    this.socket = null;
    if (GOODBYE.has(code)) this.finished = true;
    if (this.finished) {
      this.on.gone();
      return;
    }
    this.on.down();
    this.timer = setTimeout(() => this.open(), backoff(this.attempt));
    this.attempt += 1;
  }

  beat() {
    if (!this.socket) return;
    if (Date.now() - this.heardAt > DEAD_MS) {
      // A dead line may take minutes to close by itself, and its late events are not ours.
      const dead = this.socket;
      this.closed(1006);
      dead.close();
      return;
    }
    this.send({ type: "ping" });
  }

  /** The network is back, or the page is seen again: do not sit out the wait. */
  hurry() {
    if (!this.socket && !this.finished) this.open();
  }

  /** Read along with the talk of this case; null stops. Said again after each reconnection. */
  watch(pk) {
    this.watched = pk;
    this.sendWatch();
  }

  sendWatch() {
    if (this.watched === null) this.send({ type: "unwatch" });
    else this.send({ type: "watch", case: this.watched });
  }

  send(message) {
    if (this.socket?.readyState === this.Socket.OPEN && this.ready) {
      this.socket.send(JSON.stringify(message));
    }
  }
}

export function socketAddress(path) {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}
