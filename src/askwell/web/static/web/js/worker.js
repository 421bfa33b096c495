// Answers for the page of a talk when the network does not.  What may be kept is put there by offline.js.
const ROOM = "askwell-live";
const OURS = /^\/(talks\/\d+\/live\/$|static\/|style\.css$)/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || !OURS.test(url.pathname)) return;
  event.respondWith(fetch(request).catch((error) => kept(request, error)));
});

async function kept(request, error) {
  const room = await caches.open(ROOM);
  const found = await room.match(request, { ignoreVary: true });
  if (!found) throw error;
  return found;
}
