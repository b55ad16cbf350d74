// What the member types, on its way: in the thread at once, on the socket until the server has it.

export class Texts {
  constructor({ socket, thread, state, words }) {
    this.socket = socket;
    this.thread = thread;
    this.state = state;
    this.words = words;
  }

  /** What was typed on this page before it was reloaded, and is not in the thread yet. */
  takeUp() {
    for (const [id, text] of [...this.socket.texts]) {
      if (this.thread.find("client", id)) this.socket.settled(id);
      else this.thread.pending(id, text);
    }
    this.wait();
  }

  send(text) {
    const id = crypto.randomUUID();
    this.thread.pending(id, text);
    this.socket.text(id, text);
    if (this.state.begun && !this.socket.ready) this.wait();
  }

  /** Say beneath each text that it waits for the connection. */
  wait() {
    this.thread.unsent(this.words.unsent);
  }

  /** The connection is there: the socket sends what waits. */
  go() {
    this.thread.unsent("");
  }
}
