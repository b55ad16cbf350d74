// The socket of the interpreter: the microphone goes up, lines and translated sound come down.

import { ReconnectingSocket, socketAddress } from "../net/reconnect.js";

const BACKLOG_BYTES = 48_000; // a second of sound that the network has not taken: more is dropped
// Nobody comes back by itself after these: other window, not found, idle, ended, shown out, stopped.
const GOODBYE = new Set([1000, 4400, 4403, 4404, 4408, 4410, 4412, 4413, 4500]);

export class MeetingSocket {
  /** `on`: message(object), sound(buffer), opened(), lost(), gone(code). */
  constructor(path, { on, Socket = globalThis.WebSocket }) {
    this.connection = new ReconnectingSocket(socketAddress(path), {
      goodbye: GOODBYE,
      expectsPong: true,
      Socket,
      on: {
        open: () => on.opened(),
        data: (data) => (typeof data === "string" ? on.message(JSON.parse(data)) : on.sound(data)),
        ping: () => this.send({ type: "ping" }),
        lost: () => on.lost(),
        gone: (code) => on.gone(code),
      },
    });
    this.connection.connect();
  }

  get connected() {
    return this.connection.connected;
  }

  send(message) {
    return this.connection.send(JSON.stringify(message));
  }

  /** Send 20 ms of the microphone, unless the network is behind. */
  speak(pcm) {
    if (this.connection.backlog < BACKLOG_BYTES) this.connection.send(pcm);
  }

  /** The server is ready for us: the next loss begins with a short wait again. */
  settled() {
    this.connection.settled();
  }

  hurry() {
    this.connection.hurry();
  }

  close() {
    this.connection.close();
  }
}
