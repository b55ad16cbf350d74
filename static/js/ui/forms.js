/** A form that is on its way shows it on its button and is not sent twice. */

const FREE_AGAIN_MS = 8000;

function free(form) {
  delete form.dataset.sent;
  form.querySelector('[aria-busy="true"]')?.removeAttribute("aria-busy");
}

export function startForms() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    // After all listeners: a page that sends the form itself has said so by then.
    setTimeout(() => {
      if (event.defaultPrevented) return;
      form.dataset.sent = "1";
      if (event.submitter?.classList.contains("button")) {
        event.submitter.setAttribute("aria-busy", "true");
      }
      setTimeout(() => free(form), FREE_AGAIN_MS); // the answer may be a download
    });
  });
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) free(form);
  });
}
