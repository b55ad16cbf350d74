/** Sentences for people, translated by the server and carried by the page as JSON. */

let cache = null;

/** The sentence named `name`; the name itself when the page carries none (as in a unit test). */
export function word(name) {
  if (cache === null) {
    const source = globalThis.document?.getElementById("words");
    cache = source ? JSON.parse(source.textContent) : {};
  }
  return cache[name] ?? name;
}
