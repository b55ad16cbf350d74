/**
 * Every message that the server sends to the desk, and what it does there. This is the one place
 * that reads a message's `type`. A push says that something changed, and may be lost: what is shown
 * is fetched. A new message: a typedef, an entry in `handlers` and in `HANDLED`, a test.
 *
 * @typedef {{type: "ready"}} Ready  The server listens; what was pushed before is lost.
 * @typedef {{type: "beat"}} Beat  Is the page awake? It answers with a ping.
 * @typedef {{type: "pong"}} Pong  The answer to `ping`.
 * @typedef {{type: "queue", version: number}} QueueChanged
 * @typedef {{type: "talks"}} TalksChanged  For supervisors: a talk began or ended.
 * @typedef {{type: "presence", status: string}} PresenceChanged  Of this expert, in any window.
 * @typedef {{type: "offer", offer: number}} Offered  An offer rings.
 * @typedef {{type: "offer_gone", offer: number}} OfferGone  It was answered, or its time is over.
 * @typedef {{type: "owned", escalation: number, warn?: boolean}} Owned
 *   A case of this expert's came, went or changed; `warn`: the member waits for their words.
 * @typedef {{type: "watching", case: number}} Watching  The talk of this case is read along now.
 * @typedef {{type: "refused", case: number}} Refused  It may not be read, or not any longer.
 *
 * Of the talk that is read along; `case` is its case:
 * @typedef {{type: "caption", case: number, speaker: "member" | "coach" | "expert",
 *   item: string, text: string}} Caption  All the words of an utterance so far.
 * @typedef {{type: "turn", case: number, seq: number}} TurnStored
 * @typedef {{type: "card", case: number, seq: number}} CardStored
 * @typedef {{type: "floor", case: number}} FloorChanged
 * @typedef {{type: "ended", case: number}} Ended
 * @typedef {{type: "note", case: number}} Noted  Experts have an internal note more.
 * @typedef {{type: "colleague", case: number, expert: number, name: string, typing: boolean}}
 *   Colleague  Somebody else reads it along, or writes.
 */

/** Whose phrase is heard, one round of it, when a member waits for words of this expert: P1's. */
const WARNING = 1;

/** Only for the case that is open: a late message may be of the one before. */
const ofOpenCase = (act) => (desk, message) => {
  if (desk.view.shows(message.case)) act(desk.view, message);
};
const stored = ofOpenCase((view) => view.catchUp());
const changed = ofOpenCase((view) => view.refresh());

/** By `type`: `(desk, message) => void`; `desk` is what `receiver` was given. */
export const handlers = {
  ready: (desk) => {
    desk.socket.resume();
    desk.connection.up();
    desk.refresh.all();
  },
  beat: (desk) => desk.socket.ping(),
  pong: () => {}, // the socket has noted that something came
  queue: (desk) => desk.queue.refresh(),
  talks: (desk) => desk.talks.refresh(),
  presence: (desk) => desk.queue.refresh(),
  offer: (desk) => desk.refresh.ringing(),
  offer_gone: (desk, { offer }) => {
    desk.offers.drop(offer);
    desk.queue.refresh();
  },
  owned: (desk, { escalation, warn }) => {
    if (warn) desk.bell.play(WARNING);
    desk.refresh.look();
    if (desk.view.shows(escalation)) desk.view.refresh();
  },
  watching: stored,
  refused: changed,
  caption: ofOpenCase((view, message) => view.caption(message)),
  turn: stored,
  card: stored,
  floor: changed,
  ended: changed,
  note: changed,
  colleague: ofOpenCase((view, message) => view.colleague(message)),
};

/** The keys of `handlers` as a plain list, which the server's tests compare with what it sends. */
export const HANDLED = [
  "ready",
  "beat",
  "pong",
  "queue",
  "talks",
  "presence",
  "offer",
  "offer_gone",
  "owned",
  "watching",
  "refused",
  "caption",
  "turn",
  "card",
  "floor",
  "ended",
  "note",
  "colleague",
];

/**
 * A function that takes each message of the socket. `desk` names the parts that messages act on:
 * socket, connection, refresh, queue, offers, talks (the live ones, at the wall) and view (the open case).
 */
export function receiver(desk) {
  return (message) => {
    if (Object.hasOwn(handlers, message.type)) handlers[message.type](desk, message);
    else console.warn(`unknown message: ${message.type}`);
  };
}
