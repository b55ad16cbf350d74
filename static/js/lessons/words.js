// Words to put in order: a press adds one to the field, and what stands in the field is used up.

/** Which of `words` are used by `text`; each as often as it is there. */
export function used(words, text) {
  const left = text.split(/\s+/).filter((word) => word !== "");
  return words.map((word) => {
    const at = left.findIndex((one) => one.toLowerCase() === word.toLowerCase());
    if (at < 0) return false;
    left.splice(at, 1);
    return true;
  });
}

export function startWords(group, field) {
  const buttons = [...group.querySelectorAll("[data-word]")];
  const words = buttons.map((button) => button.dataset.word);
  const show = () => {
    const taken = used(words, field.value);
    buttons.forEach((button, at) => {
      button.disabled = taken[at];
    });
  };
  group.addEventListener("click", (event) => {
    const button = event.target.closest("[data-word]");
    if (!button) return;
    field.value = [field.value.trim(), button.dataset.word].filter(Boolean).join(" ");
    show();
    field.focus();
  });
  field.addEventListener("input", show);
  show();
}
