/**
 * Every message that the server sends to the page of a talk, and what it does there. This is the
 * one place that reads a message's `type`. A new message: a typedef, an entry in `handlers` and in
 * `HANDLED`, a test.
 *
 * Frames of audio come as binary frames beside these messages: see `readFrame` in audio/pcm.js.
 *
 * @typedef {"member" | "coach" | "expert" | "system"} Speaker
 * @typedef {"coach" | "coach_waiting" | "guided" | "expert" | "safety_hold"} Floor
 *
 * @typedef {{type: "ready", session: string, generation: number,
 *   engine: {capabilities: {scripted: boolean, images: boolean}}}} Ready
 *   The answer to `hello`: from now on the server takes messages and audio. `generation` is that of
 *   the audio to come.
 * @typedef {{type: "pong"}} Pong  The answer to `ping`.
 * @typedef {{type: "state", state: "connecting" | "unreachable" | "listening" | "thinking" |
 *   "speaking" | "person" | "held" | "reconnecting" | "ended"}} State  What the coach does.
 * @typedef {{type: "waiting", position: number}} Waiting
 *   The place in line; 0 is the member's turn.
 * @typedef {{type: "floor", floor: Floor, epoch: number, name: string,
 *   voice?: boolean}} FloorChanged
 *   Who may speak; `name` is the expert's, who speaks by voice or writes.
 * @typedef {{type: "caption", speaker: Speaker, item: string, text: string}} Caption
 *   All the words of an utterance so far.
 * @typedef {{type: "drop", item: string}} Drop  Nothing came of an utterance: its caption goes.
 * @typedef {{type: "turn", seq: number, speaker: Speaker, author: string, item: string | null,
 *   client_id: string | null, text: string, interrupted: boolean, at: string}} Turn
 *   A stored utterance. `client_id` is the page's own id of a typed text; `at` is an ISO time.
 * @typedef {{type: "card", seq: number, kind: string, url: string}} Card
 *   A stored card; its drawing is fetched from `url`.
 * @typedef {{type: "changed", what: string}} Changed  Regions that show `what` must fetch again.
 * @typedef {{type: "clear", generation: number}} Clear
 *   Stop playing; audio of an older generation is not played any more.
 * @typedef {{type: "error", code: string, message: string, fatal: boolean}} Failure
 *   `fatal`: the server closes the connection, and the page must not come back by itself.
 * @typedef {{type: "ended", url: string}} Ended  The talk is over.
 */

import { changed } from "../../ui/refetch.js";
import { toast } from "../../ui/toast.js";

/** By `type`: `(page, message) => void`; `page` is what `receiver` was given. */
export const handlers = {
  ready: (page, { generation, engine }) => {
    page.playback.clear(generation);
    page.pictures?.can(engine?.capabilities?.images ?? false);
    page.listening.ready();
    page.connection.ready();
    page.texts.go();
    page.socket.resume();
  },
  pong: (page) => page.socket.answered(),
  state: (page, { state }) => page.state.show(state),
  waiting: (page, { position }) => page.waiting.show(position),
  floor: (page, message) => page.stage.floor(message),
  caption: (page, message) => {
    page.echo.caption(message);
    page.thread.caption(message);
    page.stage.caption(message);
  },
  drop: (page, { item }) => {
    page.echo.dropped(item);
    page.thread.drop(item);
    page.stage.drop(item);
  },
  turn: (page, message) => {
    page.thread.turn(message);
    page.echo.turn(message);
    if (message.speaker !== "system") page.stage.caption(message);
  },
  card: (page, message) => page.thread.card(message),
  changed: (_page, { what }) => changed(what),
  clear: (page, { generation }) => {
    page.echo.cut();
    page.playback.clear(generation);
  },
  error: (page, message) => {
    if (!message.fatal) {
      toast(message.message, { kind: "danger" });
      return;
    }
    page.socket.refused();
    page.connection.refused(message);
  },
  ended: (page) => page.ending.leave(),
};

/** The keys of `handlers` as a plain list, which the server's tests compare with what it sends. */
export const HANDLED = [
  "ready",
  "pong",
  "state",
  "waiting",
  "floor",
  "caption",
  "drop",
  "turn",
  "card",
  "changed",
  "clear",
  "error",
  "ended",
];

/**
 * A function that takes each message of the socket. `page` names the parts that messages act on:
 * socket, connection, state, waiting, texts, thread, stage, echo, listening, playback, ending, and
 * pictures, which a lesson has not.
 */
export function receiver(page) {
  return (message) => {
    if (Object.hasOwn(handlers, message.type)) handlers[message.type](page, message);
    else console.warn(`unknown message: ${message.type}`);
  };
}
