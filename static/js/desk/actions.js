// What the expert does: each form of the desk is sent in place, and then its effect is shown.

import { toast } from "../ui/toast.js";
import { busy, submit } from "./forms.js";

export class ExpertActions {
  /**
   * `queue` has refresh(), `offers` drop(pk), `view` refresh(), close(), focusComposer() and
   * forgetDrafts(). `voice` has arm() and standDown(). `on.open(pk)` opens a case, `on.look()` fetches queue and offers,
   * `on.ringing()` only the offers, `on.testSound()` plays one round. `answered` is what to say
   * when an offer was gone already.
   */
  constructor({ queue, offers, view, voice, answered, on }) {
    this.queue = queue;
    this.offers = offers;
    this.view = view;
    this.voice = voice;
    this.answered = answered;
    this.on = on;
    /** What to do with a form, by its `data-case-form`. */
    this.byName = {
      accept: (form, button) => this.accept(form, button),
      decline: (form, button) => this.decline(form, button),
      claim: (form, button) => this.claim(form, button),
      stop: (form, button) => this.stop(form, button),
      release: (form, button) => this.release(form, button),
      transfer: (form, button) => this.transfer(form, button),
      hand_back: (form, button) => this.handBack(form, button),
      call: (form, button) => this.noteCall(form, button),
    };
  }

  /** A form of the desk is sent; forms that are not the desk's go their own way. */
  submitted(event) {
    const { target: form, submitter } = event;
    if (event.defaultPrevented) return;
    const act = this.actOf(form);
    if (!act) return;
    event.preventDefault();
    busy(form, submitter, () => act(form, submitter));
  }

  actOf(form) {
    if (form.matches("[data-presence]")) return (...sent) => this.choosePresence(...sent);
    if (form.matches("[data-modes]")) return (...sent) => this.chooseMode(...sent);
    return this.byName[form.dataset.caseForm];
  }

  async choosePresence(form, button) {
    await submit(form, button);
    // A device for sound that does not answer must not hold up the desk.
    const heard = button.value === "available" ? this.on.testSound() : null;
    await this.queue.refresh({ force: true });
    this.on.ringing();
    await heard;
  }

  /** Who speaks has a microphone before they have the floor, and no box to type in at once. */
  async chooseMode(form, button) {
    const speaks = button.value === "voice";
    if (speaks) await this.voice.arm();
    try {
      await submit(form, button);
    } catch (error) {
      if (speaks) this.voice.standDown();
      throw error;
    }
    await this.view.refresh();
    if (!speaks) this.view.focusComposer();
  }

  async accept(form, button) {
    const { offer } = form.closest("[data-offer]").dataset;
    try {
      const answer = await submit(form, button);
      this.offers.drop(offer);
      await this.taken(answer.case);
    } catch (error) {
      this.missed(offer, error);
    }
  }

  async decline(form, button) {
    const { offer } = form.closest("[data-offer]").dataset;
    try {
      await submit(form, button);
      this.offers.drop(offer);
    } catch (error) {
      this.missed(offer, error);
    }
    this.queue.refresh();
  }

  /** Too late: somebody else was faster, or the time was over. */
  missed(offer, error) {
    if (error.status !== 409 && error.status !== 404) throw error;
    this.offers.drop(offer);
    toast(error.status === 409 ? error.message : this.answered, { kind: "danger" });
    this.on.look();
  }

  async claim(form, button) {
    const answer = await submit(form, button);
    await this.taken(answer.case);
  }

  async taken(pk) {
    await Promise.all([this.on.open(pk), this.queue.refresh({ force: true })]);
  }

  async release(form, button) {
    const answer = await submit(form, button);
    toast(answer.message);
    this.view.close();
    this.queue.refresh({ force: true });
  }

  /** The coach falls silent in the middle of its words; the expert goes on reading along. */
  async stop(form, button) {
    const answer = await submit(form, button);
    toast(answer.message);
    this.view.refresh();
  }

  async noteCall(form, button) {
    const answer = await submit(form, button);
    form.reset();
    form.closest("dialog").close();
    toast(answer.message);
    this.view.refresh();
  }

  async transfer(form, button) {
    const answer = await submit(form, button);
    form.closest("dialog").close();
    toast(answer.message);
    this.view.refresh();
    this.queue.refresh({ force: true });
  }

  async handBack(form, button) {
    const answer = await submit(form, button);
    form.closest("dialog").close();
    toast(answer.message);
    this.view.forgetDrafts();
    this.view.refresh();
    this.queue.refresh({ force: true });
  }
}
