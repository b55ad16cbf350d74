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
