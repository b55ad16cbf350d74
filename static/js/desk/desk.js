// The desk: wires socket, queue, offers and the open case. The rules are in their own modules.

import { post } from "../net/http.js";
import { toast } from "../ui/toast.js";
import { CaseView } from "./case/case.js";
import { paintClocks, sync } from "./clock.js";
import { busy, submit } from "./forms.js";
import { Keys } from "./keys.js";
import { Bell } from "./offers/bell.js";
import { Offers } from "./offers/offers.js";
import { Queue } from "./queue/queue.js";
import { DeskSocket, socketAddress } from "./socket.js";

const LIVE_MS = 15_000; // a lost push costs no more than that
const DOWN_MS = 4000; // without a socket nothing is pushed, and offers are short
const TEST_TIER = 3;

export class Desk {
  constructor(root) {
    this.root = root;
    const data = root.dataset;
    this.words = {
      due: data.due,
      late: data.late,
      fresh: data.new,
      sending: data.sending,
      sent: data.wasSent,
      unsent: data.unsent,
    };
    sync(root.querySelector("[data-part=rows]").dataset.now);
    const trouble = (error) => this.trouble(error);
    this.ringing = 0;
    this.waiting = 0;
    this.answers = true;
    this.out = false;
    this.bell = new Bell({ change: () => this.paintSound() });
    this.queue = new Queue(root, {
      words: this.words,
      on: { shown: (told) => this.queueShown(told), trouble, fine: () => this.fine() },
    });
    this.offers = new Offers(root, {
      bell: this.bell,
      words: this.words,
      on: { count: (count) => this.rang(count) },
    });
    this.case = new CaseView(root, {
      words: this.words,
      on: {
        opened: (pk) => this.opened(pk),
        closed: (how) => this.closed(how),
        refreshed: () => this.paintClocks(),
        trouble,
      },
    });
    this.socket = new DeskSocket(socketAddress(data.socket), {
      on: {
        up: () => this.up(),
        down: () => this.paintLine(),
        gone: () => this.paintLine(),
        message: (event) => this.receive(event),
      },
    });
    this.keys = new Keys(this);
    this.listen();
    this.bell.arm(); // where the browser trusts this page, no gesture is needed
    this.paintSound();
    this.paintClocks();
    this.socket.open();
    this.look();
    setInterval(() => this.paintClocks(), 1000);
    this.poll();
    if (data.selected) this.open(Number(data.selected));
  }

  listen() {
    document.addEventListener("submit", (event) => this.submitted(event));
    this.root.addEventListener("click", (event) => this.clicked(event));
    this.root.addEventListener("change", (event) => {
      if (event.target.matches("[data-check]")) this.case.tick();
    });
    // Browsers stay silent until a gesture; any gesture of the expert's will do.
    for (const gesture of ["pointerdown", "keydown"]) {
      addEventListener(gesture, () => this.bell.arm(), { capture: true });
    }
    addEventListener("online", () => this.socket.hurry());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) return;
      this.socket.hurry();
      this.look();
    });
  }

  // --- what comes from the server -----------------------------------------------------------------

  up() {
    this.answers = true;
    this.paintLine();
    this.look();
    this.case.refresh();
  }

  receive(event) {
    switch (event.type) {
      case "offer":
        this.rings();
        break;
      case "offer_gone":
        this.offers.drop(event.offer);
        this.queue.refresh();
        break;
      case "queue":
        this.queue.refresh();
        break;
      case "owned":
        this.look();
        if (event.escalation === this.case.pk) this.case.refresh();
        break;
      case "presence":
        this.queue.refresh();
        break;
      case "watching":
        this.case.thread?.catchUp();
        break;
      case "refused":
        if (event.case === this.case.pk) this.case.refresh();
        break;
      default:
        this.case.event(event);
    }
  }

  /** Ask for everything that a push could have told. */
  look() {
    this.queue.refresh();
    this.rings();
  }

  async rings() {
    try {
      await this.offers.refresh();
    } catch (error) {
      this.trouble(error);
    }
  }

  async poll() {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, this.socket.ready ? LIVE_MS : DOWN_MS));
      if (this.socket.finished) return;
      this.look();
      if (!this.socket.ready) {
        this.case.refresh();
        await post(this.root.dataset.aliveUrl, {}).catch((error) => this.trouble(error));
      }
    }
  }

  // --- how the line stands -------------------------------------------------------------------------

  /** "live", "offline" (asking), "lost" (no answer at all) or "out" (signed out). */
  paintLine() {
    let state = this.socket.ready ? "live" : "offline";
    if (!this.answers) state = "lost";
    if (this.out || this.socket.finished) state = "out";
    const node = this.root.querySelector("[data-connection]");
    node.dataset.state = state;
    node.textContent = this.root.dataset[state];
  }

  /** A request of the page's own failed: the line says so; people are not told every time. */
  trouble(error) {
    if (error.status === undefined) throw error;
    if (error.status === 0 || error.status >= 500) this.answers = false;
    if (error.status === 403) this.out = true;
    if (error.status === 404) toast(error.message, { kind: "danger" });
    this.paintLine();
  }

  fine() {
    this.answers = true;
    this.out = false;
    if (this.socket.attempt > 0 || this.socket.ready) this.paintLine();
  }

  // --- painting ------------------------------------------------------------------------------------

  paintClocks() {
    paintClocks(this.queue.rows, this.words);
    if (this.case.article) paintClocks(this.case.article, this.words);
  }

  queueShown({ waiting }) {
    this.waiting = waiting;
    this.paintTitle();
    this.paintSound();
    if (this.queue) this.paintClocks();
  }

  rang(count) {
    this.ringing = count;
    this.paintTitle();
  }

  paintTitle() {
    const count = Math.max(this.ringing, this.waiting);
    const mark = this.ringing > 0 ? "● " : "";
    document.title = `${mark}${count > 0 ? `(${count}) ` : ""}${this.root.dataset.title}`;
  }

  /** Whoever waits for offers must know when they could not be heard. */
  paintSound() {
    const available = this.root.querySelector("[data-status=available]") !== null;
    this.root.querySelector("[data-sound]").hidden = !available || this.bell.armed;
  }

  // --- the open case -------------------------------------------------------------------------------

  open(pk) {
    this.queue.select(pk);
    return this.case.open(pk);
  }

  opened(pk) {
    this.root.dataset.show = "case";
    this.socket.watch(pk);
    this.queue.select(pk);
    this.address(pk);
    this.paintClocks();
  }

  closed({ gone }) {
    this.root.dataset.show = "queue";
    this.socket.watch(null);
    this.queue.select(null);
    this.address(null);
    if (gone) toast(this.root.dataset.closed);
  }

  address(pk) {
    const url = new URL(location.href);
    if (pk === null) url.searchParams.delete("case");
    else url.searchParams.set("case", pk);
    history.replaceState(null, "", url);
  }

  clicked(event) {
    const row = event.target.closest("[data-open-case]");
    if (row) this.open(Number(row.dataset.openCase));
    else if (event.target.closest("[data-back]")) this.root.dataset.show = "queue";
    else if (event.target.closest("[data-context-toggle]")) this.case.toggleContext();
    else if (event.target.closest("[data-evidence-jump]")) this.case.thread.showEvidence();
    else if (event.target.closest("[data-sound-on]")) this.testSound();
  }

  async testSound() {
    await this.bell.arm();
    this.bell.play(TEST_TIER);
  }

  // --- what the expert does ------------------------------------------------------------------------

  submitted(event) {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || !this.root.contains(form)) return;
    const act = form.matches("[data-presence]")
      ? () => this.choosePresence(form, submitter)
      : form.matches("[data-modes]")
        ? () => this.chooseMode(form, submitter)
        : form.dataset.caseForm
          ? () => this[form.dataset.caseForm](form, submitter)
          : null;
    if (!act) return;
    event.preventDefault();
    busy(form, submitter, act);
  }

  async choosePresence(form, submitter) {
    await submit(form, submitter);
    if (submitter.value === "available") await this.testSound();
    await this.queue.refresh({ force: true });
    this.rings();
  }

  async chooseMode(form, submitter) {
    await submit(form, submitter);
    await this.case.refresh();
    this.case.composer.focus();
  }

  async accept(form, submitter) {
    const { offer } = form.closest("[data-offer]").dataset;
    try {
      const answer = await submit(form, submitter);
      this.offers.drop(offer);
      await this.taken(answer.case);
    } catch (error) {
      this.missed(offer, error);
    }
  }

  async decline(form, submitter) {
    const { offer } = form.closest("[data-offer]").dataset;
    try {
      await submit(form, submitter);
      this.offers.drop(offer);
    } catch (error) {
      this.missed(offer, error);
    }
    this.queue.refresh();
  }

  /** Too late: somebody else was faster, or the time was over. */
  missed(offer, error) {
    if (error.status !== 409 && error.status !== 404) throw error;
    this.offers.drop(offer);
    toast(error.status === 409 ? error.message : this.root.dataset.answered, { kind: "danger" });
    this.look();
  }

  async claim(form, submitter) {
    const answer = await submit(form, submitter);
    await this.taken(answer.case);
  }

  async taken(pk) {
    await Promise.all([this.open(pk), this.queue.refresh({ force: true })]);
  }

  async release(form, submitter) {
    const answer = await submit(form, submitter);
    toast(answer.message);
    this.case.close();
    this.queue.refresh({ force: true });
  }

  async hand_back(form, submitter) {
    const answer = await submit(form, submitter);
    form.closest("dialog").close();
    toast(answer.message);
    for (const mode of ["text", "guide", "ticks"]) this.case.drafts.write(this.case.pk, mode, "");
    this.case.refresh();
    this.queue.refresh({ force: true });
  }
}
