// The ticks of a case's checklist, kept on this device.

export class Checklist {
  constructor(section, drafts) {
    this.section = section;
    this.drafts = drafts;
  }

  /** As they were, after the list was drawn. */
  restore(pk) {
    const ticks = new Set(this.drafts.read(pk, "ticks").split(" "));
    for (const box of this.section.querySelectorAll("[data-check]")) {
      box.checked = ticks.has(box.dataset.check);
    }
  }

  keep(pk) {
    const ticked = [...this.section.querySelectorAll("[data-check]:checked")];
    this.drafts.write(pk, "ticks", ticked.map((box) => box.dataset.check).join(" "));
  }
}
