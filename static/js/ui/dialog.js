/**
 * Dialogs. In HTML: a button with `data-dialog="id"` opens <dialog class="dialog" id="id">;
 * a button with `data-close` in it closes it. Focus returns by itself to where it was.
 */

/** Open it and wait for the end: answers with `returnValue` ("" when it was dismissed). */
export function open(dialog) {
  dialog.returnValue = "";
  if (!dialog.open) dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
  });
}

/** Ask before a step that cannot be undone. Texts come from the page (data-attributes). */
export async function confirm({ title, text, yes, no, danger = false }) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-label", title);
  const form = document.createElement("form");
  form.method = "dialog";
  const head = document.createElement("div");
  head.className = "dialog__head";
  const heading = document.createElement("h2");
  heading.className = "dialog__title";
  heading.textContent = title;
  head.append(heading);
  const body = document.createElement("div");
  body.className = "dialog__body";
  const words = document.createElement("p");
  words.textContent = text;
  body.append(words);
  const actions = document.createElement("div");
  actions.className = "dialog__actions";
  for (const [label, value, css] of [
    [no, "", "button"],
    [yes, "yes", `button button--primary ${danger ? "button--danger" : ""}`],
  ]) {
    const button = document.createElement("button");
    button.className = css;
    button.value = value;
    button.textContent = label;
    actions.append(button);
  }
  form.append(head, body, actions);
  dialog.append(form);
  document.body.append(dialog);
  const answer = await open(dialog);
  dialog.remove();
  return answer === "yes";
}

function onClick(event) {
  const opener = event.target.closest("[data-dialog]");
  if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
  const dialog = event.target.closest("dialog.dialog");
  if (!dialog) return;
  const outside = event.target === dialog && !dialog.hasAttribute("data-firm");
  if (outside || event.target.closest("[data-close]")) dialog.close("");
}

/** A form with `data-confirm="title"` (and -text, -yes, -no) asks before it is sent. */
async function onSubmit(event) {
  const form = event.target;
  const { confirm: title, confirmText, confirmYes, confirmNo } = form.dataset;
  if (!title || form.dataset.confirmed) return;
  event.preventDefault();
  const question = { title, text: confirmText ?? "", yes: confirmYes, no: confirmNo, danger: true };
  if (!(await confirm(question))) return;
  form.dataset.confirmed = "1";
  form.requestSubmit(event.submitter ?? undefined);
  delete form.dataset.confirmed;
}

export function startDialogs() {
  document.addEventListener("click", onClick);
  document.addEventListener("submit", onSubmit);
}
