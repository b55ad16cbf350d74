/**
 * Every message that the server sends on the socket of the interpreter, and what it does there.
 * Translated sound comes as binary frames beside these messages.
 *
 * @typedef {{type: "ready", language_a: string, language_b: string}} Ready
 *   The server serves this page, or the languages were exchanged.
 * @typedef {{type: "stage", stage: string}} Stage  Whether what is said now is translated.
 * @typedef {{type: "words", item: number, side: string, original: string, translation: string}} Words
 *   A line as it is being said.
 * @typedef {{type: "line", seq: number, item: number, side: string, language: string, into: string,
 *   original: string, translation: string, check: boolean, at: string}} Line
 *   A line as it is stored.
 * @typedef {{type: "other", here: boolean, name: string, joined: boolean}} Other
 *   Whether the other person is there, where each has a device of their own.
 * @typedef {{type: "waiting", position: number}} Waiting  All places are taken.
 * @typedef {{type: "error", code: string, message: string, fatal: boolean}} Failure
 * @typedef {{type: "ended", url: string}} Ended  The conversation is over.
 * @typedef {{type: "pong"}} Pong  The answer to `ping`.
 */

/** By `type`: `(meeting, message) => void`. */
export const handlers = {
  ready: (meeting, { language_a, language_b }) => meeting.ready(language_a, language_b),
  stage: (meeting, { stage }) => meeting.staged(stage),
  words: (meeting, message) => meeting.panes.words(message),
  line: (meeting, message) => meeting.kept(message),
  other: (meeting, { here, name, joined }) => meeting.other(here, name, joined),
  waiting: (meeting, { position }) => meeting.waits(position),
  error: (meeting, { message, fatal }) => meeting.failed(message, fatal),
  ended: (meeting, { url }) => meeting.ended(url),
  pong: () => {}, // the socket has noted that something came
};

/** The keys of `handlers` as a plain list, which the server's tests compare with what it sends. */
export const HANDLED = [
  "ready",
  "stage",
  "words",
  "line",
  "other",
  "waiting",
  "error",
  "ended",
  "pong",
];

/** A function that takes each message of the socket. */
export function receiver(meeting) {
  return (message) => {
    if (Object.hasOwn(handlers, message.type)) handlers[message.type](meeting, message);
    else console.warn(`unknown message: ${message.type}`);
  };
}
