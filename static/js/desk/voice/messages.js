/**
 * Every message that the server sends on the socket of an expert's voice, and what it does there.
 * Frames of the member's sound come as binary frames beside these messages.
 *
 * @typedef {{type: "ready", epoch: number}} Ready  Sound goes both ways from now on.
 * @typedef {{type: "voice", heard: boolean, sent: boolean, words: boolean}} Voice
 *   How the expert's sound fares: the member's page has played it; it has reached the member's
 *   side; it is being written down.
 * @typedef {{type: "pong"}} Pong  The answer to `ping`.
 */

/** By `type`: `(line, message) => void`; `line` is what `receiver` was given. */
export const handlers = {
  ready: (line) => line.ready(),
  voice: (line, { heard, sent, words }) => line.status({ heard, sent, words }),
  pong: () => {}, // the socket has noted that something came
};

/** The keys of `handlers` as a plain list, which the server's tests compare with what it sends. */
export const HANDLED = ["ready", "voice", "pong"];

/** A function that takes each message of the socket. */
export function receiver(line) {
  return (message) => {
    if (Object.hasOwn(handlers, message.type)) handlers[message.type](line, message);
    else console.warn(`unknown message: ${message.type}`);
  };
}
