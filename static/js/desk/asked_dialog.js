// A dialog whose contents are fetched when it opens, so that it tells of now: at the wall, who can be
// asked, and how urgent a case is. What went wrong is said in it, and it stays open.

import { change, fragment, parse } from "../net/http.js";
import { Composer } from "../ui/composer.js";
import { toast } from "../ui/toast.js";
import { busy, submit } from "./forms.js";

/** What is typed into a dialog is not kept: it belongs to the moment. */
const NO_DRAFT = { read: () => "", write: () => {} };

export class AskedDialog {
  /** `on.done()` when something was changed or refused; `on.go(url)` when the page is to go on. */
  constructor(node, { on }) {
    this.node = node;
    this.on = on;
  }

  /** Fetch what `button` names and show it. */
  async open(button) {
    if (this.node.open || button.getAttribute("aria-busy")) return;
    button.setAttribute("aria-busy", "true");
    try {
      const nodes = parse(await fragment(button.dataset.ask));
      this.node.replaceChildren(nodes);
      for (const box of this.node.querySelectorAll("[data-limit]")) new Composer(box, NO_DRAFT);
      this.node.showModal();
    } catch (error) {
      if (error.status === undefined) throw error;
      toast(error.message, { kind: "danger" });
      this.on.done(); // it may be gone
    } finally {
      button.removeAttribute("aria-busy");
    }
  }

  /** A form is sent: of the dialog, or one that stands on the page. */
  submitted(event) {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || !form.matches("[data-ask-form]")) return;
    event.preventDefault();
    busy(form, submitter, () => this.send(form, submitter));
  }

  async send(form, submitter) {
    try {
      this.settle(await submit(form, submitter));
    } catch (error) {
      this.on.done();
      throw error;
    }
  }

  /** It is done: say so, with Undo where there is a way back, or go on to where it is. */
  settle({ next, message, undo }) {
    if (this.node.open) this.node.close();
    if (next) {
      this.on.go(next);
      return;
    }
    const revert = async () => {
      await change(undo);
      this.on.done();
    };
    toast(message, undo ? { undo: revert } : {});
    this.on.done();
  }
}
