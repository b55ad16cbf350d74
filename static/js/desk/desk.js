// Makes the parts of the desk and connects them. Each part gets only what it needs; what a part
// does is written in its own module.

import { changeJson, post } from "../net/http.js";
import { socketAddress } from "../net/reconnect.js";
import { toast } from "../ui/toast.js";
import { ExpertActions } from "./actions.js";
import { AskedDialog } from "./asked_dialog.js";
import { CaseView } from "./case/case.js";
import { paintClocks, sync } from "./clock.js";
import { ConnectionStatus } from "./connection.js";
import { Keys, keyNames, singleLetters } from "./keys.js";
import { receiver } from "./messages.js";
import { CaseNavigation } from "./navigation.js";
import { Bell } from "./offers/bell.js";
import { Offers } from "./offers/offers.js";
import { SoundNotice } from "./offers/sound_notice.js";
import { Queue } from "./queue/queue.js";
import { Refresh } from "./refresh.js";
import { DeskSocket } from "./socket.js";
import { titleOf } from "./title.js";
import { Veil } from "./veil.js";
import { ExpertVoice } from "./voice/voice.js";
import { wakeWith } from "./waking.js";

const CLOCKS_MS = 1000;
/** Live talks stand on the wall alone. */
const NO_TALKS = { refresh: () => {} };

/** The desk that `root` shows. */
export class Desk {
  constructor(root) {
    const { dataset } = root;
    this.root = root;
    this.words = {
      fresh: dataset.new,
      sending: dataset.sending,
      sent: dataset.wasSent,
      unsent: dataset.unsent,
    };
    sync(root.querySelector("[data-part=rows]").dataset.now);
    this.makeSocket();
    this.makeQueueAndOffers();
    this.makeCase();
    this.makeActions();
    this.watch();
    this.start();
  }

  makeSocket() {
    this.socket = new DeskSocket(socketAddress(this.root.dataset.socket), {
      on: {
        down: () => this.connection.down(),
        gone: () => this.connection.down(),
        message: (message) => this.receive(message),
      },
    });
    this.connection = new ConnectionStatus(this.root, this.socket);
  }

  makeQueueAndOffers() {
    const { root, words } = this;
    this.title = titleOf(root);
    this.bell = new Bell({ change: () => this.sound.show() });
    this.sound = new SoundNotice(root, this.bell);
    this.queue = new Queue(root, {
      words,
      on: {
        shown: () => this.queueShown(),
        answered: () => this.connection.answered(),
        trouble: (error) => this.trouble(error),
      },
    });
    this.offers = new Offers(root, {
      bell: this.bell,
      named: keyNames(root.dataset.keys),
      on: { count: (count) => this.title.rings(count) },
    });
  }

  makeCase() {
    const { root, words, queue, socket } = this;
    this.view = new CaseView(root, {
      words,
      on: {
        opened: (pk) => {
          this.navigation.opened(pk);
          this.paintClocks();
          this.voice.show();
        },
        closed: (how) => {
          this.navigation.closed(how);
          this.voice.follow();
        },
        typing: () => socket.typing(),
        refreshed: () => {
          this.paintClocks();
          this.voice.follow();
        },
        trouble: (error) => this.trouble(error),
      },
    });
    this.navigation = new CaseNavigation(root, { queue, view: this.view, socket });
    const { capture, playback } = root.dataset;
    this.voice = new ExpertVoice(root, { view: this.view, worklets: { capture, playback } });
  }

  makeActions() {
    const { root, socket, connection, queue, offers, view, voice, navigation } = this;
    this.refresh = new Refresh({
      socket,
      queue,
      offers,
      openCase: view,
      alive: () => post(root.dataset.aliveUrl, {}),
      trouble: (error) => this.trouble(error),
    });
    this.actions = new ExpertActions({
      queue,
      offers,
      view,
      voice,
      answered: root.dataset.answered,
      on: {
        open: (pk) => navigation.open(pk),
        look: () => this.refresh.look(),
        ringing: () => this.refresh.ringing(),
        testSound: () => this.sound.test(),
      },
    });
    const veils = root.querySelector("[data-veils]");
    this.veil = new Veil(root, {
      button: root.querySelector("[data-veil]"),
      byItself: veils.checked,
    });
    this.dialog = new AskedDialog(root.querySelector("#desk-dialog"), {
      on: { done: () => queue.refresh({ force: true }), go: (url) => location.assign(url) },
    });
    this.keys = new Keys(root, {
      offerKey: (event) => offers.key(event),
      step: (direction) => {
        const pk = queue.neighbour(direction);
        if (pk !== null) navigation.open(pk);
      },
      button: (name) => view.button(name),
      focusComposer: () => view.focusComposer(),
      veil: () => this.veil.toggle(),
      letters: singleLetters(root.querySelector("[data-letters]")),
      named: keyNames(root.dataset.keys),
    });
    const { refresh } = this;
    const talks = NO_TALKS;
    this.receive = receiver({ socket, connection, refresh, queue, talks, offers, view });
  }

  watch() {
    document.addEventListener("submit", (event) => {
      if (!this.root.contains(event.target)) return;
      this.actions.submitted(event);
      this.dialog.submitted(event);
    });
    this.root.addEventListener("click", (event) => this.clicked(event));
    this.root.addEventListener("change", ({ target }) => {
      if (target.matches("[data-check]")) this.view.keepTicks();
      if (target.matches("[data-veils]")) this.chooseVeil(target.checked);
    });
    wakeWith(this);
  }

  start() {
    this.bell.arm(); // where the browser trusts this page, no gesture is needed
    this.queueShown();
    this.socket.open();
    this.refresh.look();
    setInterval(() => this.paintClocks(), CLOCKS_MS);
    this.refresh.poll();
    const { selected } = this.root.dataset;
    if (selected) this.navigation.open(Number(selected));
  }

  clicked(event) {
    const { target } = event;
    const line = target.closest("[data-go-line]");
    const inTab = event.ctrlKey || event.metaKey; // the browser opens the link in a new one
    if (line && !inTab && this.view.reveal((thread) => thread.numbered(line.dataset.goLine)))
      event.preventDefault();
    const row = target.closest("[data-open-case]");
    if (row) this.navigation.open(Number(row.dataset.openCase));
    else if (target.closest("[data-back]")) this.navigation.backToQueue();
    else if (target.closest("[data-context-toggle]")) this.view.pane.toggle();
    else if (target.closest("[data-evidence-jump]")) this.view.reveal(({ evidence }) => evidence);
    else if (target.closest("[data-veil]")) this.veil.toggle();
    else if (target.closest("[data-ask]")) this.dialog.open(target.closest("[data-ask]"));
    else if (target.closest("[data-pass-on]")) this.view.passOn();
    else if (target.closest("[data-line]"))
      this.view.reveal((thread) => thread.find(target.closest("[data-line]").dataset.line));
    else if (target.closest("[data-again]"))
      this.view.writeAgain(target.closest("[data-again]").dataset.again);
    else if (target.closest("[data-sound-on]")) this.sound.test();
  }

  async chooseVeil(byItself) {
    this.veil.choose(byItself);
    try {
      await changeJson(
        this.root.dataset.privacyUrl,
        new URLSearchParams({ veils: byItself ? "1" : "" }),
      );
    } catch (error) {
      this.trouble(error);
    }
  }

  queueShown() {
    this.title.waits(this.queue.waiting);
    this.sound.show();
    this.paintClocks();
  }

  paintClocks() {
    paintClocks(this.queue.rows);
    if (this.view.article) paintClocks(this.view.article);
  }

  /** A request of the page's own failed; an error of our own is no failed request. */
  trouble(error) {
    if (error.status === undefined) throw error;
    if (error.status === 404) toast(error.message, { kind: "danger" });
    this.connection.failed(error);
  }
}
