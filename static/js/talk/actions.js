// What the member can do on the page of a talk, and what it means at this moment: before the talk,
// in it, in notes mode, or when the connection is gone.

export class MemberActions {
  /**
   * `texts` sends what is typed; `bargeIn` silences the coach; `person` asks for one; `ending` ends
   * the talk. In notes mode `notes` takes all the rest.
   */
  constructor({ state, connection, texts, bargeIn, listening, microphone, notes, person, ending }) {
    this.state = state;
    this.connection = connection;
    this.texts = texts;
    this.bargeIn = bargeIn;
    this.listening = listening;
    this.microphone = microphone;
    this.notes = notes;
    this.person = person;
    this.ending = ending;
  }

  /** The talk button: begins the talk, later stops the coach; with push to talk it is held. */
  async talk() {
    if (this.notes.active) await this.notes.tap();
    else if (!this.state.begun) await this.connection.begin(true);
    else if (this.state.current === "lost") await this.connection.again();
    else if (!this.listening.push) this.bargeIn.interrupt();
  }

  typeInstead() {
    return this.connection.begin(false);
  }

  text(text) {
    if (this.notes.active) {
      this.notes.type(text);
      return;
    }
    this.bargeIn.silence();
    this.texts.send(text);
    this.connection.begin(false);
  }

  async mute() {
    if (this.notes.active) await this.notes.tap();
    else if (!this.state.begun) await this.connection.begin(true);
    else await this.microphone.toggle();
  }

  interrupt() {
    if (this.notes.active) this.notes.cancel();
    else this.bargeIn.interrupt();
  }

  askPerson(reason) {
    return this.person.send(reason);
  }

  end() {
    return this.ending.ask();
  }
}
