// The link for the other person, where each has a device of their own.

import { changeJson } from "../net/http.js";
import { copyFrom } from "../ui/copy.js";
import { toast } from "../ui/toast.js";

export class Guests {
  /** `root` is the page; without the part for the link (a guest's page) it only tells who is there. */
  constructor(root, words) {
    this.words = words;
    this.part = root.querySelector("[data-invite]");
    if (!this.part) return;
    this.find = (name) => this.part.querySelector(`[data-${name}]`);
    const on = (name, act) => this.find(name).addEventListener("click", act);
    on("make-link", () => this.tried(() => this.make(root.dataset.inviteUrl)));
    on("show-out", () => this.tried(() => this.showOut(root.dataset.showOutUrl)));
    on("copy", () => copyFrom(this.find("link-url"), this.words.copied));
    this.show(false, "", false);
  }

  async tried(act) {
    try {
      await act();
    } catch (error) {
      toast(error.message, { kind: "danger" });
    }
  }

  async make(url) {
    const { url: link } = await changeJson(url);
    this.find("link").hidden = false;
    this.find("link-url").value = link;
    this.find("link-url").select();
  }

  async showOut(url) {
    await changeJson(url);
    this.find("link").hidden = true;
    this.find("show-out").hidden = true;
  }

  show(here, name, joined) {
    if (!this.part) return;
    const who = name || this.words.other;
    const left = joined ? this.words.other_left : this.words.alone;
    this.find("other").textContent = (here ? this.words.other_here : left).replace("{name}", who);
    this.find("show-out").hidden = !joined;
    this.find("make-link").hidden = joined; // another link would show them out
    if (joined) this.find("link").hidden = true;
  }
}
