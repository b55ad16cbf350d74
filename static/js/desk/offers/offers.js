// Shows the offers that ring as strips over the desk, the most urgent first. What somebody is doing
// goes on beneath them: no strip takes the focus, and none is closed but by an answer or its time.

import { fragment, parse } from "../../net/http.js";
import { left, now, paintClocks, share, sync } from "../clock.js";
import { FIELDS, keyNames } from "../keys.js";

const TICK_MS = 200;
const QUIET_MS = 1000;

/** Whether a key is meant for the offer: in the middle of a word it is meant for the word. */
export function meant(lastTypedAt, at) {
  return at - lastTypedAt > QUIET_MS;
}

/**
 * The letter of a key press that may answer an offer: in a field only with Alt, which changes what
 * `key` says on some systems.
 */
export function answerOf(event) {
  if (event.ctrlKey || event.metaKey || event.repeat) return "";
  if (Boolean(event.target.closest?.(FIELDS)) !== Boolean(event.altKey)) return "";
  return (event.altKey ? (event.code ?? "").replace("Key", "") : event.key).toLowerCase();
}

export class Offers {
  /** `bell` has ring(tier) and hush(); `on.count(n)` offers ring; `named` as of `Keys`. */
  constructor(root, { bell, on, named = keyNames() }) {
    this.url = root.dataset.offersUrl;
    this.box = root.querySelector("#offers");
    this.home = this.box.parentElement;
    this.bell = bell;
    this.on = on;
    this.named = named;
    this.typedAt = 0;
    this.round = 0;
    setInterval(() => this.tick(), TICK_MS);
  }

  /** What rings, most urgent first. */
  get all() {
    return [...this.box.querySelectorAll("[data-offer]")];
  }

  async refresh() {
    this.round += 1;
    const round = this.round;
    const nodes = parse(await fragment(this.url));
    if (round === this.round) this.place([...nodes.querySelectorAll("[data-offer]")]);
  }

  /**
   * The offers that ring now, most urgent first. Those that are here already stay as they are, but
   * for one that is more or less urgent by now.
   */
  place(incoming) {
    const order = incoming.map((node) => node.id);
    for (const old of this.all) if (!order.includes(old.id)) old.remove();
    let after = null;
    for (const node of incoming) {
      sync(node.dataset.now);
      let here = document.getElementById(node.id) ?? node;
      if (here.dataset.tier !== node.dataset.tier) {
        here.remove();
        here = node;
      }
      const next = after === null ? this.box.firstElementChild : after.nextElementSibling;
      if (here !== next) this.box.insertBefore(here, next);
      after = here;
    }
    this.settle();
    this.tick();
  }

  /** An offer was answered, or its time is over. */
  drop(pk) {
    document.getElementById(`offer-${pk}`)?.remove();
    this.settle();
  }

  /** Ring for the most urgent one. */
  settle() {
    const [first] = this.all;
    if (first) this.bell.ring(Number(first.dataset.tier));
    else this.bell.hush();
    this.on.count(this.all.length);
  }

  tick() {
    this.surface();
    const at = now();
    for (const node of this.all) {
      const until = Date.parse(node.dataset.until);
      if (until <= at) {
        this.drop(node.dataset.offer);
        continue;
      }
      const rest = share(Date.parse(node.dataset.from), until, at);
      node.querySelector("[data-ring]").setAttribute("stroke-dasharray", `${rest} 100`);
      node.querySelector("[data-left]").textContent = left(until, at);
      node.querySelector(".ring").classList.toggle("ring--urgent", rest < 34);
      paintClocks(node);
    }
  }

  /** A dialog makes all beside it dead: while one is open, the strips stand in it. */
  surface() {
    const place = this.all.length > 0 ? document.querySelector("dialog:modal") : null;
    const wanted = place ?? this.home;
    if (this.box.parentElement !== wanted) wanted.prepend(this.box);
  }

  /** Somebody pressed a key somewhere; answers whether it was for the most urgent offer. */
  key(event) {
    const typedAt = this.typedAt;
    this.typedAt = event.timeStamp;
    const answer = this.named(answerOf(event));
    const [first] = this.all;
    if (!answer || !first || !(event.altKey || meant(typedAt, event.timeStamp))) return false;
    const button = first.querySelector(`[data-answer="${CSS.escape(answer)}"]`);
    button?.click();
    return Boolean(button);
  }
}
