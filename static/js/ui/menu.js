/** <details class="menu">: closes by Escape, by a click elsewhere and when focus leaves it. */

const openMenus = () => document.querySelectorAll("details.menu[open]");

export function startMenus() {
  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("focusin", (event) => {
    for (const menu of openMenus()) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  // Before anybody else: the Escape that closes a menu is not also the one that stops the coach.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape") return;
      for (const menu of openMenus()) {
        menu.open = false;
        menu.querySelector("summary").focus();
        event.preventDefault();
      }
    },
    true,
  );
  document.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") walk(event);
  });
}

/** Arrow keys walk through the items of an open menu. */
function walk(event) {
  const menu = event.target.closest("details.menu[open]");
  if (!menu) return;
  const items = [...menu.querySelectorAll(".menu__item:not(:disabled)")];
  if (items.length === 0) return;
  event.preventDefault();
  const step = event.key === "ArrowDown" ? 1 : -1;
  items[next(items.indexOf(document.activeElement), step, items.length)].focus();
}

/** The index after `at` in direction `step`, around the ends; from outside (-1) the first or last. */
export function next(at, step, length) {
  if (at === -1) return step > 0 ? 0 : length - 1;
  return (at + step + length) % length;
}
