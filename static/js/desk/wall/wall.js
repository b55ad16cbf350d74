// Makes the parts of the wall and connects them. Offers ring here as at the desk: a supervisor who
// looks at the wall is at the desk.

import { post } from "../../net/http.js";
import { socketAddress } from "../../net/reconnect.js";
import { toast } from "../../ui/toast.js";
import { ExpertActions } from "../actions.js";
import { AskedDialog } from "../asked_dialog.js";
import { paintClocks, sync } from "../clock.js";
import { ConnectionStatus } from "../connection.js";
import { receiver } from "../messages.js";
import { Bell } from "../offers/bell.js";
import { Offers } from "../offers/offers.js";
import { SoundNotice } from "../offers/sound_notice.js";
import { Refresh } from "../refresh.js";
import { DeskSocket } from "../socket.js";
import { titleOf } from "../title.js";
import { wakeWith } from "../waking.js";
import { Board } from "./board.js";

const CLOCKS_MS = 1000;
/** No case is open on this page. */
const NO_CASE = { shows: () => false, refresh: () => {} };

/** The wall that `root` shows. */
export class Wall {
  constructor(root) {
    const { dataset } = root;
    this.root = root;
    this.words = { fresh: dataset.new };
    sync(root.querySelector("[data-board]").dataset.now);
    this.socket = new DeskSocket(socketAddress(dataset.socket), {
      on: {
        down: () => this.connection.down(),
        gone: () => this.connection.down(),
        message: (message) => this.receive(message),
      },
    });
    this.connection = new ConnectionStatus(root, this.socket);
    this.makeParts();
    this.watch();
    this.start();
  }

  makeParts() {
    const { root, words, socket, connection } = this;
    this.title = titleOf(root);
    this.bell = new Bell({ change: () => this.sound.show() });
    this.sound = new SoundNotice(root, this.bell);
    this.board = new Board(root, {
      words,
      on: {
        shown: () => this.shown(),
        answered: () => connection.answered(),
        trouble: (error) => this.trouble(error),
      },
    });
    this.offers = new Offers(root, {
      bell: this.bell,
      on: { count: (count) => this.title.rings(count) },
    });
    this.dialog = new AskedDialog(root.querySelector("#wall-dialog"), {
      on: {
        done: () => this.board.refresh({ force: true }),
        go: (url) => location.assign(url),
      },
    });
    this.refresh = new Refresh({
      socket,
      queue: this.board,
      offers: this.offers,
      openCase: NO_CASE,
      alive: () => post(root.dataset.aliveUrl, {}),
      trouble: (error) => this.trouble(error),
    });
    this.answers = new ExpertActions({
      queue: this.board,
      offers: this.offers,
      view: NO_CASE,
      voice: null,
      answered: root.dataset.answered,
      on: {
        open: (pk) => location.assign(`${root.dataset.deskUrl}?case=${pk}`),
        look: () => this.refresh.look(),
        ringing: () => this.refresh.ringing(),
        testSound: () => this.sound.test(),
      },
    });
    const { offers, bell, refresh, board } = this;
    this.receive = receiver({
      socket,
      connection,
      refresh,
      offers,
      bell,
      queue: board,
      talks: { refresh: () => board.talksChanged() },
      view: NO_CASE,
    });
  }

  watch() {
    document.addEventListener("submit", (event) => {
      if (!this.root.contains(event.target)) return;
      this.answers.submitted(event);
      this.dialog.submitted(event);
    });
    this.root.addEventListener("click", ({ target }) => {
      const opener = target.closest("[data-ask]");
      if (opener) this.dialog.open(opener);
      else if (target.closest("[data-sound-on]")) this.sound.test();
    });
    addEventListener("keydown", (event) => {
      if (event.key && this.offers.key(event)) event.preventDefault();
    });
    wakeWith(this);
  }

  start() {
    this.bell.arm(); // where the browser trusts this page, no gesture is needed
    this.shown();
    this.socket.open();
    this.refresh.look();
    setInterval(() => paintClocks(this.root), CLOCKS_MS);
    this.refresh.poll();
  }

  shown() {
    this.title.waits(this.board.waiting);
    this.sound.show();
    paintClocks(this.root);
  }

  /** A request of the page's own failed; an error of our own is no failed request. */
  trouble(error) {
    if (error.status === undefined) throw error;
    if (error.status === 404) toast(error.message, { kind: "danger" });
    this.connection.failed(error);
  }
}
