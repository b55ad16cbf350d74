// The member asks for a person.

import { change } from "../net/http.js";
import { toast } from "../ui/toast.js";

export class PersonRequest {
  /** `live()`: the socket will tell how the request stands. `asked()`: it was written down. */
  constructor({ url, notice, words, live, asked }) {
    this.url = url;
    this.notice = notice;
    this.words = words;
    this.live = live;
    this.asked = asked;
  }

  /** Answers whether the server has it: until then the reason is kept where it was typed. */
  async send(reason) {
    const form = new FormData();
    form.set("reason", reason);
    this.notice.show("person", this.words.asking);
    try {
      const response = await change(this.url, form, { headers: { Accept: "application/json" } });
      const json = (response.headers.get("Content-Type") ?? "").includes("json");
      const answer = json ? await response.json() : {};
      // How the call stands is told by its card in the thread, which the socket brings.
      this.notice.hide("person");
      if (!this.live()) toast(answer.message ?? this.words.asked);
      this.asked();
      return true;
    } catch (error) {
      const what = error.unsure ? "" : `${this.words.ask_failed} `; // nobody knows then
      this.notice.show("danger", what + error.message);
      return false;
    }
  }
}
