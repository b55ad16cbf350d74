// Shows the offers that ring, one dialog at a time and the most urgent first.

import { fragment, parse } from "../../net/http.js";
import { left, now, paintClocks, share, sync } from "../clock.js";

const TICK_MS = 200;
const QUIET_MS = 1000;

/** Whether a key is meant for the offer: in the middle of a word it is meant for the word. */
export function meant(lastTypedAt, at) {
  return at - lastTypedAt > QUIET_MS;
}

export class Offers {
  /** `bell` has ring(tier) and hush(); `on.count(n)` offers ring. */
  constructor(root, { bell, words, on }) {
    this.url = root.dataset.offersUrl;
    this.box = root.querySelector("#offers");
    this.bell = bell;
    this.words = words;
    this.on = on;
    this.typedAt = 0;
    this.round = 0;
    this.order = [];
    setInterval(() => this.tick(), TICK_MS);
  }

  /** What rings, most urgent first. Order is kept here: a modal dialog that is moved closes. */
  get all() {
    const nodes = [...this.box.querySelectorAll("dialog[data-offer]")];
    return nodes.sort((a, b) => this.order.indexOf(a.id) - this.order.indexOf(b.id));
  }

  get open() {
    return this.box.querySelector("dialog[data-offer][open]");
  }

  async refresh() {
    this.round += 1;
    const round = this.round;
    const nodes = parse(await fragment(this.url));
    if (round === this.round) this.place([...nodes.querySelectorAll("dialog[data-offer]")]);
  }

  /** The offers that ring now, most urgent first. Those that are here already stay as they are. */
  place(incoming) {
    this.order = incoming.map((node) => node.id);
    for (const old of this.all) {
      if (!this.order.includes(old.id)) this.drop(old.dataset.offer, { show: false });
    }
    for (const node of incoming) {
      sync(node.dataset.now);
      if (document.getElementById(node.id)) continue;
      node.addEventListener("close", () => this.settle());
      this.box.append(node);
    }
    this.settle();
  }

  /** An offer was answered, or its time is over. */
  drop(pk, { show = true } = {}) {
    const node = document.getElementById(`offer-${pk}`);
    if (!node) return;
    node.remove();
    if (show) this.settle();
  }

  /** Show the first one and ring for it. A dialog that was closed without an answer opens again. */
  settle() {
    const [first] = this.all;
    const open = this.open;
    if (open && open !== first) {
      open.close();
      return;
    }
    if (first && !first.open) {
      first.showModal();
      first.querySelector(".dialog__title").focus();
      this.tick();
    }
    if (first) this.bell.ring(Number(first.dataset.tier));
    else this.bell.hush();
    this.on.count(this.all.length);
  }

  tick() {
    const at = now();
    for (const node of this.all) {
      const until = Date.parse(node.dataset.until);
      if (until <= at) {
        this.drop(node.dataset.offer);
        continue;
      }
      if (!node.open) continue;
      const rest = share(Date.parse(node.dataset.from), until, at);
      node.querySelector("[data-ring]").setAttribute("stroke-dasharray", `${rest} 100`);
      node.querySelector("[data-left]").textContent = left(until, at);
      node.querySelector(".ring").classList.toggle("ring--urgent", rest < 34);
      paintClocks(node, this.words);
    }
  }

  /** Somebody pressed a key somewhere; answers whether it was for the offer. */
  key(event) {
    const typedAt = this.typedAt;
    this.typedAt = event.timeStamp;
    const button = this.open?.querySelector(
      `[data-answer="${CSS.escape(event.key.toLowerCase())}"]`,
    );
    if (!button || event.repeat || !meant(typedAt, event.timeStamp)) return false;
    button.click();
    return true;
  }
}
