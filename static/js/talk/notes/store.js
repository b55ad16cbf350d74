// Keeps notes that were not sent yet in the browser, over a reload. Each carries the id of its
// member, and those of another member are never read.

const NAME = "coachline-notes";
const TABLE = "notes";

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function open() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(TABLE, { keyPath: "id" });
  return done(request);
}

async function table(mode, work) {
  const database = await open();
  try {
    const transaction = database.transaction(TABLE, mode);
    const ended = new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    const result = await done(work(transaction.objectStore(TABLE)));
    await ended; // a full disk is told only at the end
    return result;
  } finally {
    database.close();
  }
}

export class NoteStore {
  constructor(owner) {
    this.owner = owner;
  }

  put({ id, session, kind, sound, text, picture, ms, at, state, message, again }) {
    const row = { id, session, kind, sound, text, picture, ms, at, state, message, again };
    return table("readwrite", (notes) => notes.put({ ...row, owner: this.owner }));
  }

  remove(id) {
    return table("readwrite", (notes) => notes.delete(id));
  }

  /** This member's notes, oldest first; those of anybody else are thrown away. */
  async all() {
    const rows = await table("readonly", (notes) => notes.getAll());
    for (const row of rows) if (row.owner !== this.owner) await this.remove(row.id);
    return rows.filter((row) => row.owner === this.owner).sort((a, b) => a.at - b.at);
  }
}

/** Throw away every note on this device: somebody signs out. */
export function forgetNotes() {
  return table("readwrite", (notes) => notes.clear());
}
