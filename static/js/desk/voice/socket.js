// The socket that carries an expert's voice to the member of a case, and the member's back.

import { ReconnectingSocket } from "../../net/reconnect.js";

const BACKLOG_BYTES = 9600; // 0.2 s of sound that the network has not taken: what is late is lost
export const TAKEN = 4409; // another window of this expert speaks now
const GOODBYE = new Set([1000, 4403, TAKEN]);

export class VoiceSocket {
  /**
   * `on.message(object)`, `on.audio(buffer)`, `on.lost()` at each loss, `on.gone(code)` when the
   * expert speaks no longer.
   */
  constructor(url, { on, Socket = globalThis.WebSocket }) {
    this.open = false; // sound is taken
    this.connection = new ReconnectingSocket(url, {
      goodbye: GOODBYE,
      expectsPong: true,
      Socket,
      on: {
        open: () => {}, // the server speaks first
        data: (data) => (typeof data === "string" ? on.message(JSON.parse(data)) : on.audio(data)),
        ping: () => this.connection.send(JSON.stringify({ type: "ping" })),
        lost: () => {
          this.open = false;
          on.lost();
        },
        gone: (code) => {
          this.open = false;
          on.gone(code);
        },
      },
    });
    this.connection.connect();
  }

  /** The server takes sound. */
  ready() {
    this.open = true;
    this.connection.settled();
  }

  /** Send 20 ms of speech, unless the network is behind. Answers whether it was sent. */
  audio(pcm) {
    if (!this.open || this.connection.backlog > BACKLOG_BYTES) return false;
    return this.connection.send(pcm);
  }

  close() {
    this.open = false;
    this.connection.close();
  }
}
