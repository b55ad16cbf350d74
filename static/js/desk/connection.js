// Tells the expert how the connection to the server stands.

export class ConnectionStatus {
  /** `socket` has ready and finished. The sentences stand on `root`, by state. */
  constructor(root, socket) {
    this.root = root;
    this.socket = socket;
    this.node = root.querySelector("[data-connection]");
    this.tried = false; // the first attempt has ended, one way or another
    this.answers = true; // the server answers requests
    this.signedOut = false;
  }

  /** "live", "offline" (asking), "lost" (no answer at all) or "out" (signed out). */
  get state() {
    if (this.signedOut || this.socket.finished) return "out";
    if (!this.answers) return "lost";
    return this.socket.ready ? "live" : "offline";
  }

  paint() {
    this.node.dataset.state = this.state;
    this.node.textContent = this.root.dataset[this.state];
  }

  /** The socket is ready. */
  up() {
    this.tried = true;
    this.answers = true;
    this.paint();
  }

  /** The socket is lost, for now or for good. */
  down() {
    this.tried = true;
    this.paint();
  }

  /** A request of the page's own was answered. */
  answered() {
    this.answers = true;
    this.signedOut = false;
    if (this.tried) this.paint();
  }

  /** A request of the page's own failed: one line says so, instead of a message each time. */
  failed({ status }) {
    if (status === 0 || status >= 500) this.answers = false;
    if (status === 403) this.signedOut = true;
    this.paint();
  }
}
