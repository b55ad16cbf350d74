// The member waits for a free place with the coach: which place, also for those who look elsewhere.

const YOUR_TURN_MS = 200;

export class WaitingPlace {
  /** `showPosition(n)` puts the number into words. */
  constructor({ state, showPosition, page = document }) {
    this.state = state;
    this.showPosition = showPosition;
    this.page = page;
    this.title = page.title;
  }

  /** `position` 0: it is the member's turn. */
  show(position) {
    this.page.title = this.title;
    if (position > 0) {
      this.page.title = `(${position}) ${this.title}`;
      this.showPosition(position);
      if (!["person", "held"].includes(this.state.current)) this.state.show("queued");
      return;
    }
    this.state.show("connecting");
    navigator.vibrate?.(YOUR_TURN_MS);
  }
}
