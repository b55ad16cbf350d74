// The end of a talk: asked for by the member, or told by the server.

import { change } from "../net/http.js";

export class Ending {
  /** `urls.end` is posted to; `urls.after` is where the page goes. */
  constructor({ urls, state, socket, sound, notice, words }) {
    this.urls = urls;
    this.state = state;
    this.socket = socket;
    this.sound = sound;
    this.notice = notice;
    this.words = words;
  }

  async ask() {
    this.state.ended = true;
    try {
      await change(this.urls.end);
    } catch (error) {
      this.state.ended = false;
      const what = error.unsure ? "" : `${this.words.end_failed} `; // nobody knows then
      this.notice.show("danger", what + error.message);
      return;
    }
    await this.leave();
  }

  async leave() {
    this.state.show("ended");
    this.socket.close();
    await this.sound.close();
    location.assign(this.urls.after);
  }
}
