// The desk's keyboard shortcuts. They are off while somebody types or a dialog is open.

/** Where a letter is a letter and no shortcut. */
export const FIELDS =
  "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

/** Whether a key is meant for the page: nobody types, no dialog is open, and it is not the browser's. */
export function isForPage({ ctrlKey, metaKey, altKey, target }) {
  if (ctrlKey || metaKey || altKey || target.closest?.(FIELDS)) return false;
  return !document.querySelector("dialog[open]");
}

const OFF = "desk-letters-off"; // in this device's storage: it has the keyboard

/** What `box` says of single letters, kept on this device. Who dictates presses them unmeant. */
export function singleLetters(box, storage = globalThis.localStorage) {
  box.checked = storage.getItem(OFF) === null;
  box.addEventListener("change", () => {
    if (box.checked) storage.removeItem(OFF);
    else storage.setItem(OFF, "1");
  });
  return () => box.checked;
}

/** What each letter is the key of, read from `said`: "x:s a:a". Without it each is its own. */
export function keyNames(said) {
  if (!said) return (letter) => letter;
  const names = new Map(said.split(" ").map((pair) => pair.split(":")));
  return (letter) => names.get(letter) ?? (letter === "?" ? letter : "");
}

export class Keys {
  /**
   * `offerKey(event)`: whether the key answers an offer; `step(±1)` goes to another case;
   * `button(name)` is the open case's button for a key; `focusComposer()`; `veil()` hides words;
   * `letters()`: whether single letters mean something. With Alt they always do. `named(letter)`
   * is the key that a person has put on it.
   */
  constructor(
    root,
    { offerKey, step, button, focusComposer, veil, letters = () => true, named = keyNames() },
  ) {
    this.help = root.querySelector("#desk-keys");
    this.letters = letters;
    this.named = named;
    this.offerKey = offerKey;
    this.step = step;
    this.button = button;
    this.focusComposer = focusComposer;
    this.veil = veil;
    addEventListener("keydown", (event) => this.down(event));
  }

  down(event) {
    if (!event.key) return; // a field that the browser fills in
    if (!event.altKey && !this.letters()) return;
    if (this.offerKey(event)) {
      event.preventDefault();
      return;
    }
    // From any field of the case: what is meant for colleagues is not typed to the member.
    if (event.altKey && event.code === "KeyP" && !document.querySelector("dialog[open]")) {
      if (this.act("n")) event.preventDefault();
      return;
    }
    const name = this.named(event.key.toLowerCase());
    if (isForPage(event) && this.act(name)) event.preventDefault();
  }

  /** Answers whether the key meant something. */
  act(name) {
    if (name === "j" || name === "k") {
      this.step(name === "j" ? 1 : -1);
      return true;
    }
    if (name === "b") {
      this.veil();
      return true;
    }
    if (name === "?") {
      this.help.showModal();
      return true;
    }
    const button = this.button(name);
    if (!button || button.disabled) return false;
    // The mode that is on already: its key leads to the box.
    if (button.getAttribute("aria-pressed") === "true") this.focusComposer();
    else button.click();
    return true;
  }
}
