// Opens cases, and keeps the queue, the address and the socket on the case that is open.

import { toast } from "../ui/toast.js";

export class CaseNavigation {
  /** `queue` has select(pk), `view` open(pk), `socket` watch(pk). */
  constructor(root, { queue, view, socket }) {
    this.root = root;
    this.queue = queue;
    this.view = view;
    this.socket = socket;
  }

  open(pk) {
    this.queue.select(pk);
    return this.view.open(pk);
  }

  /** The view shows this case now. */
  opened(pk) {
    this.show("case", pk);
  }

  /** The view shows none any more; `gone`: the server has taken it away. */
  closed({ gone }) {
    this.show("queue", null);
    if (gone) toast(this.root.dataset.closed);
  }

  /** On a narrow screen, where only one of them has room. */
  backToQueue() {
    this.root.dataset.show = "queue";
  }

  show(what, pk) {
    this.root.dataset.show = what;
    this.socket.watch(pk);
    this.queue.select(pk);
    const url = new URL(location.href);
    if (pk === null) url.searchParams.delete("case");
    else url.searchParams.set("case", pk);
    history.replaceState(null, "", url);
  }
}
