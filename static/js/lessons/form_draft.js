/**
 * What is typed into a form of rows and was not saved yet: kept over a reload, and given back with
 * as many rows as it had.
 */

const OURS = ["csrfmiddlewaretoken", "base"];

/** What the form would send, as pairs. */
export function typed(form) {
  return [...new FormData(form)].filter(([name]) => !OURS.includes(name));
}

/** Give the form these fields. `sized(prefix, n)` gives the list of that prefix so many rows. */
export function fill(form, pairs, sized) {
  const totals = pairs.filter(([name]) => name.endsWith("-TOTAL_FORMS"));
  totals.sort(([one], [other]) => one.length - other.length); // the outer lists first
  for (const [name, n] of totals) sized(name.slice(0, -"-TOTAL_FORMS".length), Number(n));
  const values = new Map(pairs);
  for (const field of form.elements) {
    if (!field.name || OURS.includes(field.name) || field.type === "submit") continue;
    if (field.type === "checkbox") field.checked = values.has(field.name);
    else if (values.has(field.name)) field.value = values.get(field.name);
  }
}

/** What was typed into the form of one lesson, in this tab. It knows from which version it began. */
export class FormDraft {
  /** `store`: a draft of the tab. `form` has the version in its field `base`. */
  constructor(store, form) {
    this.store = store;
    this.form = form;
    this.shown = JSON.stringify(typed(form)); // as the page came
  }

  get base() {
    return this.form.elements.base.value;
  }

  /** Whether the page has something that no version has. */
  get unsaved() {
    return "refused" in this.form.dataset || JSON.stringify(typed(this.form)) !== this.shown;
  }

  /** `sent`: it is on its way to the server, and a newer version shows that it was saved. */
  keep(sent = false) {
    const draft = { base: this.base, pairs: typed(this.form), sent };
    this.store.write(JSON.stringify(draft));
  }

  forget() {
    this.store.write("");
  }

  /**
   * What there is to give back: its fields as pairs, or null. The form then goes on from the
   * version that they began from, so that a save over a newer one is told.
   */
  take() {
    const stored = this.store.read();
    if (stored === "") return null;
    const { base, pairs, sent } = JSON.parse(stored);
    const same = JSON.stringify(pairs) === this.shown;
    const refused = "refused" in this.form.dataset;
    if ((sent && base !== this.base) || (same && !refused)) {
      this.forget();
      return null;
    }
    if (same) return null; // it is on the page, and nowhere else
    this.form.elements.base.value = base;
    return pairs;
  }
}
