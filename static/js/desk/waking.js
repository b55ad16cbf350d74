// What every page of the desk does when somebody comes back to it.

/** A gesture lets `bell` sound; a page that is seen or online again asks at once what has changed. */
export function wakeWith({ bell, socket, refresh }) {
  // Browsers stay silent until a gesture; any gesture of the expert's will do.
  for (const gesture of ["pointerdown", "keydown"]) {
    addEventListener(gesture, () => bell.arm(), { capture: true });
  }
  addEventListener("online", () => socket.hurry());
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    socket.hurry();
    refresh.look();
  });
}
