/** What this device tells the server (its time zone, light or dark) and what it keeps in a tab. */

const YEAR_S = 31_536_000;
const PREFIX = "coachline-"; // of everything that a tab keeps of what somebody typed

/** What this tab keeps over a reload; null where the browser is set to keep nothing. */
export function tabStorage() {
  try {
    return globalThis.sessionStorage ?? null;
  } catch (error) {
    if (error.name !== "SecurityError") throw error;
    return null;
  }
}

/** Throw away what this tab keeps: somebody signs out. */
export function forgetTyped(storage = tabStorage()) {
  for (const name of Object.keys(storage ?? {})) {
    if (name.startsWith(PREFIX)) storage.removeItem(name);
  }
}

/** Fill in <input type="hidden" name="time_zone" value=""> with the zone of this browser. */
export function startZone() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const input of document.querySelectorAll('input[type="hidden"][name="time_zone"]')) {
    input.value ||= zone;
  }
}

// Light or dark. The choice is a cookie, so that the server draws the page right from the first
// byte; choosing what the system wishes anyway forgets the choice and follows the system again.

/** What to store after the switch was pressed: the mode, or "" to follow the system. */
export function chosen(shown, systemDark) {
  const wanted = shown === "dark" ? "light" : "dark";
  return wanted === (systemDark ? "dark" : "light") ? "" : wanted;
}

function systemDark() {
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

/** The mode on the screen now. */
export function shown() {
  return document.documentElement.dataset.theme || (systemDark() ? "dark" : "light");
}

function paint(button) {
  const dark = shown() === "dark";
  button.setAttribute("aria-pressed", String(dark));
  button.querySelector("[data-when=light]").toggleAttribute("hidden", dark);
  button.querySelector("[data-when=dark]").toggleAttribute("hidden", !dark);
}

export function startTheme() {
  const buttons = document.querySelectorAll("[data-theme-switch]");
  const paintAll = () => buttons.forEach(paint);
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const choice = chosen(shown(), systemDark());
      if (choice) document.documentElement.dataset.theme = choice;
      else delete document.documentElement.dataset.theme;
      const age = choice ? YEAR_S : 0;
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere yet
      document.cookie = `theme=${choice}; path=/; max-age=${age}; samesite=lax`;
      paintAll();
      document.dispatchEvent(new CustomEvent("coachline:theme", { detail: { theme: shown() } }));
    });
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paintAll);
  paintAll();
}
