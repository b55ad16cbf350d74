// Brings the open case up to date with a fresh fragment of it. The thread is left alone, since it
// only ever grows. A part that somebody may type in is replaced only when it became another one.

const COPIED = ["class", "data-mode", "data-owned", "data-floor", "data-tier"];

export function partOf(node, name) {
  return node.querySelector(`[data-part=${name}]`);
}

export class CaseMerge {
  /** `section` holds the case; `drawnContext` is the context's markup as the server drew it. */
  constructor(section, drawnContext) {
    this.section = section;
    this.drawnContext = drawnContext;
  }

  /** Answers with the names of the parts that were replaced. */
  take(nodes) {
    const fresh = nodes.querySelector("[data-case-view]");
    const article = this.section.querySelector("[data-case-view]");
    for (const name of COPIED) article.setAttribute(name, fresh.getAttribute(name));
    this.swap(fresh, "head");
    this.swap(fresh, "guidance");
    this.swap(fresh, "notes");
    this.swap(fresh, "colleagues");
    const replaced = ["composer", "note", "dialogs"].filter((name) =>
      this.swapIfOther(fresh, name),
    );
    const context = partOf(fresh, "context").innerHTML;
    if (context !== this.drawnContext) {
      this.drawnContext = context;
      this.swap(fresh, "context");
      replaced.push("context");
    }
    return replaced;
  }

  swapIfOther(fresh, name) {
    const { composerMode } = partOf(fresh, name).dataset;
    if (partOf(this.section, name).dataset.composerMode === composerMode) return false;
    this.swap(fresh, name).dataset.composerMode = composerMode;
    return true;
  }

  /** Put a new part in, keeping focus on the control of the same name and value. */
  swap(fresh, name) {
    const part = partOf(this.section, name);
    const focused = part.contains(document.activeElement) ? document.activeElement : null;
    const same = focused?.value && `[name="${focused.name}"][value="${CSS.escape(focused.value)}"]`;
    part.replaceChildren(...partOf(fresh, name).childNodes);
    if (same && focused.tagName === "BUTTON") part.querySelector(same)?.focus();
    return part;
  }
}
