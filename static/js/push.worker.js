/**
 * The service worker. It shows what a push says, and opens its page at a click. It keeps no page and
 * answers no request, so what is seen is always what the server says.
 */

/** What is shown: a line of the server's, which names nobody. */
function shown(data) {
  try {
    const { title, path, tag } = data.json();
    return { title: String(title), path: String(path), tag: String(tag) };
  } catch {
    return { title: "", path: "/", tag: "" }; // browsers demand that something is shown
  }
}

/** An address of this site, whatever was asked for. */
function own(path) {
  const { origin } = self.location;
  const url = new URL(path, origin);
  return url.origin === origin ? url.href : `${origin}/`;
}

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("push", (event) => {
  const { title, path, tag } = shown(event.data);
  const options = { tag, data: { path }, ...(tag === "" ? {} : { renotify: true }) };
  event.waitUntil(self.registration.showNotification(title, options));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(own(event.notification.data?.path ?? "/")));
});

/** The window that shows it already, or a new one. */
async function open(href) {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find(({ url }) => new URL(url).pathname === new URL(href).pathname);
  return there ? there.focus() : self.clients.openWindow(href);
}
