// Keeps what the expert has written and not yet sent.

/**
 * A message keeps its id until the server has it, so that a retry cannot send it twice. Another
 * text is another message, with a new id.
 */
export class Outgoing {
  constructor(makeId = () => crypto.randomUUID()) {
    this.makeId = makeId;
    this.id = null;
    this.text = null;
  }

  idFor(text) {
    if (this.id === null || this.text !== text) {
      this.id = this.makeId();
      this.text = text;
    }
    return this.id;
  }

  settled() {
    this.id = null;
    this.text = null;
  }
}

/** Drafts by case and mode, kept over a reload. Without storage only the reload loses them. */
export class Drafts {
  constructor(storage) {
    this.storage = storage;
  }

  key(pk, mode) {
    return `coachline.desk.draft.${pk}.${mode}`;
  }

  /** One draft, as a composer keeps it. */
  of(pk, mode) {
    return { read: () => this.read(pk, mode), write: (text) => this.write(pk, mode, text) };
  }

  read(pk, mode) {
    return this.storage?.getItem(this.key(pk, mode)) ?? "";
  }

  write(pk, mode, text) {
    if (text === "") this.storage?.removeItem(this.key(pk, mode));
    else
      try {
        this.storage?.setItem(this.key(pk, mode), text);
      } catch (error) {
        if (error.name !== "QuotaExceededError") throw error;
      }
  }
}
