// Two things while Askwell cannot be reached, and nothing while it can: the page of a talk is answered from
// what offline.js put there, every other page by a plain note.  No other page is kept: it would be personal.
const ROOM = "askwell-live";
const OURS = /^\/(talks\/\d+\/live\/$|static\/|style\.css$)/;
const words = self.ASKWELL_WORDS ?? { lang: "en", dir: "ltr", title: "", text: "", again: "" }; // written before by the server

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  const page = request.mode === "navigate";
  if (OURS.test(url.pathname)) event.respondWith(fetch(request).catch((error) => kept(request, error, page)));
  else if (page) event.respondWith(fetch(request).catch(notReachable));
});

async function kept(request, error, page) {
  const found = (await caches.has(ROOM)) && (await (await caches.open(ROOM)).match(request, { ignoreVary: true }));
  if (found) return found;
  if (page) return notReachable();
  throw error;
}

const plain = (text) => text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt()};`);

function notReachable() {
  const body = `<!doctype html><html lang="${plain(words.lang)}" dir="${plain(words.dir)}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${plain(words.title)} · Askwell</title>
<main><h1>${plain(words.title)}</h1><p>${plain(words.text)}</p><p><a href="">${plain(words.again)}</a></p></main></html>`;
  const headers = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" };
  return new Response(body, { status: 503, headers });
}
