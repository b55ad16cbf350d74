// The talk's connection as the member meets it: begun by a tap, lost, found again, or gone.

const LONG_MS = 10_000; // so long a loss outlasts the speech that is kept: better to type

export class Connection {
  /**
   * `on.begun()` once sound and microphone are there; `on.back()` when the server is ready after a
   * loss; `on.lost()` at each loss; `on.gone()` when the member has to ask for another try;
   * `on.missed()`: what was stored last is to be fetched, since nobody tells it any more;
   * `on.elsewhere(yes)`: another window has the talk.
   */
  constructor(root, { socket, state, sound, microphone, notice, words, on }) {
    this.root = root;
    this.socket = socket;
    this.state = state;
    this.sound = sound;
    this.microphone = microphone;
    this.notice = notice;
    this.words = words;
    this.on = on;
    this.wasReady = false;
    this.lostAt = null;
    this.explained = false; // the server has said why it ends the connection
  }

  /** Begin after a tap, once. */
  async begin(withMicrophone) {
    if (!this.state.begun) await this.start(withMicrophone);
  }

  /** Sound first (it needs the tap), then the microphone, then the socket. */
  async start(withMicrophone) {
    this.state.begin();
    this.state.show("connecting");
    try {
      await this.sound.start();
    } catch (error) {
      this.notice.show("warn", this.words.no_sound);
      this.root.dataset.soundError = error.name;
    }
    if (withMicrophone) await this.microphone.listen();
    else this.microphone.show();
    this.on.begun();
    this.socket.open();
  }

  /** After the end of the connection: a new one on this very page, which has what was typed. */
  async again(withMicrophone = this.microphone.wasHeard) {
    if (this.socket.stale) {
      location.reload();
      return;
    }
    this.explained = false;
    this.lostAt = null;
    this.notice.hide();
    this.on.elsewhere(false);
    this.state.show("connecting");
    await this.sound.resume();
    if (withMicrophone && !this.microphone.open) await this.microphone.listen();
    this.socket.again();
  }

  /** From notes to the live talk: to the connection, which is in state `behind`, or to a new one. */
  async fromNotes(behind = "connecting") {
    if (this.socket.finished) await this.again(true);
    else if (this.socket.present) this.state.show(behind);
    else await this.start(true);
  }

  ready() {
    if (this.wasReady) this.on.back();
    this.wasReady = true;
    this.lostAt = null;
  }

  down() {
    this.on.lost();
    this.lostAt ??= Date.now();
    this.state.show(Date.now() - this.lostAt < LONG_MS ? "reconnecting" : "unreachable");
  }

  gone() {
    if (this.state.ended) return;
    this.on.lost();
    if (!this.socket.stale) this.on.missed();
    if (!this.state.show("lost")) return; // notes need no connection
    this.on.gone();
    if (!this.explained) this.notice.show("danger", this.words.gone);
  }

  /** The server has said why it ends the connection. */
  refused({ code, message }) {
    this.explained = true;
    if (code === "taken_elsewhere")
      this.on.elsewhere(true); // no failure
    else this.notice.show("danger", message);
  }
}
