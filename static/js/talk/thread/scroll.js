// The thread follows what is new, unless the reader has scrolled up to read.

const NEAR_END_PX = 80;

export class ThreadScroll {
  constructor(root, list) {
    this.scroller = root.querySelector("[data-thread-scroll]");
    this.jump = root.querySelector("[data-jump]");
    this.following = true;
    this.top = 0; // where the reader was
    this.scroller.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.jump.addEventListener("click", () => this.follow());
    // Its room changes too: the panel above it fills, a phone's keyboard opens.
    const sizes = new ResizeObserver(() => this.following && this.follow());
    sizes.observe(this.scroller);
    sizes.observe(list);
  }

  /** Only moving up leaves the end: the reader did not move what was added or took room away. */
  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    const near = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    this.following = near || (this.following && scrollTop >= this.top);
    this.top = scrollTop;
    if (near) this.jump.hidden = true;
  }

  /** Something is new. */
  settle() {
    if (this.following) this.follow();
    else this.jump.hidden = false;
  }

  /** Go to the end, and stay there. */
  follow() {
    this.following = true;
    this.jump.hidden = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.top = this.scroller.scrollTop;
  }
}
