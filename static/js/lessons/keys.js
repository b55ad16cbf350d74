// Keys for a page of single presses: numbers press buttons or choose, unless somebody is typing.

/** Whether a key would write something where the focus is. */
export function isTyping(target) {
  if (target.tagName === "INPUT") return !["radio", "checkbox", "button"].includes(target.type);
  return target.tagName === "TEXTAREA" || target.isContentEditable;
}

/** `keys`: what each key does; a function that answers false leaves the key to the browser. */
export function startKeys(keys) {
  document.addEventListener("keydown", (event) => {
    const { key, ctrlKey, altKey, metaKey, repeat, target } = event;
    if (ctrlKey || altKey || metaKey || repeat || isTyping(target)) return;
    const act = keys[key.toLowerCase()];
    if (act && act() !== false) event.preventDefault();
  });
}
