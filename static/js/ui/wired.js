/**
 * What needs a script is not offered before that script listens: a press would be lost. The server
 * draws such a button `disabled data-needs="page"`, and `wired("page")` enables it. The names are
 * "boot" (what every page starts), "regions" (see regions.js), "push" (see push.js) and "page" (the
 * page's own script).
 */

const listening = new Set();

/** Enable what in `root` waits for a script that listens already. */
export function offer(root) {
  for (const control of root.querySelectorAll("[data-needs]")) {
    if (!listening.has(control.dataset.needs)) continue;
    control.disabled = false;
    delete control.dataset.needs;
  }
}

/** The script `name` listens now, also to what comes later. */
export function wired(name, root = document) {
  listening.add(name);
  offer(root);
}
