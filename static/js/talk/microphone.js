// The member's microphone as the talk page has it: closed, open, muted, or lent to a recording.

export class MemberMicrophone {
  /**
   * `sound` opens the device. `on.changed(state)`: "none", "on" or "muted". `on.muted()`: the
   * server must learn of it. `on.unavailable()`: there is no microphone, so the member types.
   */
  constructor(root, { sound, notice, words, on }) {
    this.root = root;
    this.sound = sound;
    this.notice = notice;
    this.words = words;
    this.on = on;
    this.muted = false;
    this.wasHeard = false; // open and not muted when the connection was lost
    this.lent = false; // open for a recording only
  }

  get open() {
    return this.sound.microphone !== null;
  }

  get state() {
    if (!this.open) return "none";
    return this.muted ? "muted" : "on";
  }

  async listen() {
    try {
      await this.sound.listen();
      this.muted = false;
      this.notice.hide();
    } catch (error) {
      this.root.dataset.microphoneError = error.reason ?? error.name;
      this.explain(error);
    }
    this.show();
  }

  explain({ reason }) {
    this.notice.show("warn", this.words[`mic_${reason}`] ?? this.words.mic_failed);
    this.on.unavailable();
  }

  /** Open it if it is closed, else mute it or take the mute back. */
  async toggle() {
    if (!this.sound.context) return;
    if (!this.open) {
      await this.listen();
      return;
    }
    this.muted = !this.muted;
    this.sound.microphone.mute(this.muted);
    this.on.muted();
    this.show();
  }

  /** The device has gone away. */
  lost() {
    this.sound.stopListening();
    this.notice.show("warn", this.words.mic_lost);
    this.show();
  }

  /** Nobody listens any more: the talk's connection is gone. */
  close() {
    this.wasHeard = this.open && !this.muted;
    this.sound.stopListening();
    this.show();
  }

  /**
   * Open and audible for a recording, whatever the member chose for the live talk. False when there
   * is none, or when nobody wants it any more once the browser has asked: `wanted()`.
   */
  async lend(wanted) {
    try {
      await this.sound.start();
      if (!this.open) {
        await this.sound.listen();
        this.lent = true;
      }
    } catch (error) {
      this.explain(error);
      return false;
    }
    if (!wanted()) {
      this.lent = false; // the live talk has it now
      this.show();
      return false;
    }
    this.sound.microphone.mute(false);
    return true;
  }

  /** The recording is over: as it was before. */
  takeBack() {
    if (this.lent) this.sound.stopListening();
    this.lent = false;
    this.sound.microphone?.mute(this.muted);
  }

  show() {
    this.root.dataset.mic = this.state;
    this.on.changed(this.state);
  }
}
