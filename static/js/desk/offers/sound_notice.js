// Warns an expert who waits for offers while the browser keeps the page silent.

const TEST_TIER = 3;

export class SoundNotice {
  constructor(root, bell) {
    this.root = root;
    this.bell = bell;
    this.node = root.querySelector("[data-sound]");
  }

  show() {
    const available = this.root.querySelector("[data-status=available]") !== null;
    this.node.hidden = !available || this.bell.armed;
  }

  /** Let the expert hear that it works. */
  async test() {
    await this.bell.arm();
    this.bell.play(TEST_TIER);
  }
}
