// The socket of the desk: it remembers which talk is read along. It reads no message: messages.js
// does, and calls `resume()`.

import { ReconnectingSocket } from "../net/reconnect.js";

const GOODBYE = new Set([4401, 4403]); // signed out, or no place at the desk

export class DeskSocket {
  /** `on.message(object)`, `on.down()`, and `on.gone()` when there is no coming back. */
  constructor(url, { on, Socket = globalThis.WebSocket }) {
    this.ready = false;
    this.watched = null;
    this.connection = new ReconnectingSocket(url, {
      goodbye: GOODBYE,
      expectsPong: true,
      Socket,
      on: {
        open: () => {}, // the server speaks first
        data: (data) => on.message(JSON.parse(data)),
        ping: () => this.ping(),
        lost: () => this.lost(on.down),
        gone: () => this.lost(on.gone),
      },
    });
  }

  get finished() {
    return this.connection.finished;
  }

  open() {
    this.connection.connect();
  }

  /** The server is ready: say again which talk is read along. */
  resume() {
    this.connection.settled();
    this.ready = true;
    this.sendWatch();
  }

  lost(tell) {
    this.ready = false;
    tell();
  }

  /** The network is back, or the page is seen again. */
  hurry() {
    this.connection.hurry();
  }

  /** The page is awake: its expert is here. */
  ping() {
    this.send({ type: "ping" });
  }

  /** The expert writes in the box of the case that is read along. */
  typing() {
    this.send({ type: "typing" });
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
    if (this.ready) this.connection.send(JSON.stringify(message));
  }
}
