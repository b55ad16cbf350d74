/**
 * Lists of rows in a form, as Django's formsets number them: a row is added, taken away, put back
 * and moved, and every field is called by the place of its row.
 *   <div data-rows="phrases" data-most="200">   the prefix of its fields, and how many rows it may have
 *     <input name="phrases-TOTAL_FORMS">, <ol data-list> of <li data-row>, <template data-blank>
 *     <button data-add>, <button data-back>, and in each row <button data-move="up"> and data-remove
 * Rows may hold lists of their own.
 */

const NAMED = ["name", "id", "for", "aria-describedby", "data-rows"];
const BLANK = "__prefix__";

/** `value`, an attribute, with each name under `from` under `to` instead. */
export function renamed(value, from, to) {
  return value
    .split(" ")
    .map((part) => {
      const id = part.startsWith("id_") ? "id_" : "";
      return part.startsWith(id + from) ? id + to + part.slice(id.length + from.length) : part;
    })
    .join(" ");
}

function rename(root, from, to) {
  for (const node of root.querySelectorAll("*")) {
    for (const name of NAMED) {
      const value = node.getAttribute(name);
      if (value?.includes(from)) node.setAttribute(name, renamed(value, from, to));
    }
    if (node instanceof HTMLTemplateElement) rename(node.content, from, to);
  }
}

export class Rows {
  /** `told(key, numbers)` says what has happened; `offer(root)` enables what waits for a script. */
  constructor(root, { told, offer }) {
    this.root = root;
    this.told = told;
    this.offer = offer;
    this.list = root.querySelector(":scope > [data-list]");
    this.blank = root.querySelector(":scope > [data-blank]");
    this.total = [...root.querySelectorAll(":scope > input")].find((field) =>
      field.name.endsWith("-TOTAL_FORMS"),
    );
    this.back = root.querySelector(":scope > .cluster > [data-back]");
    this.removed = null; // the row that was taken away last, and where it stood
    this.numbered();
  }

  get prefix() {
    return this.root.dataset.rows;
  }

  get rows() {
    return [...this.list.children];
  }

  /** A new row at the end; null when there are as many as there may be. */
  add() {
    if (this.rows.length >= Number(this.root.dataset.most)) return null;
    const row = this.blank.content.cloneNode(true).firstElementChild;
    row.dataset.number = BLANK;
    this.list.append(row);
    this.numbered();
    this.offer(row);
    this.told("added", { n: this.rows.length, all: this.rows.length });
    return row;
  }

  remove(row) {
    this.removed = { row, at: this.rows.indexOf(row) };
    row.remove();
    this.numbered();
    this.back.hidden = false;
    this.told("removed", {});
  }

  putBack() {
    const { row, at } = this.removed;
    this.removed = null;
    this.list.insertBefore(row, this.rows[at] ?? null);
    this.back.hidden = true;
    this.numbered();
    return row;
  }

  /** The neighbour goes round the row, which so keeps the focus. */
  move(row, up) {
    const other = up ? row.previousElementSibling : row.nextElementSibling;
    if (other === null) return false;
    if (up) row.after(other);
    else row.before(other);
    this.numbered();
    this.told("moved", { n: this.rows.indexOf(row) + 1, all: this.rows.length });
    return true;
  }

  /** Call every field by the place in which its row stands now. */
  numbered() {
    this.rows.forEach((row, n) => {
      const before = row.dataset.number ?? String(n);
      if (before !== String(n)) rename(row, `${this.prefix}-${before}-`, `${this.prefix}-${n}-`);
      row.dataset.number = n;
      const shown = row.querySelector("[data-number]");
      if (shown) shown.textContent = n + 1;
    });
    this.total.value = this.rows.length;
  }
}
