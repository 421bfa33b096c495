// The page of a talk, and nothing else, kept so that it opens without a network.
const ROOM = "askwell-live";
const ASSET = /^\/(static\/|style\.css)/;

export async function keepPage() {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return;
  try {
    await navigator.serviceWorker.register("/sw.js", { scope: "/talks/" });
    const used = performance.getEntriesByType("resource").map((entry) => new URL(entry.name));
    const assets = used.filter((url) => url.origin === location.origin && ASSET.test(url.pathname));
    const room = await caches.open(ROOM);
    await room.addAll([...new Set([location.pathname, ...assets.map((url) => url.pathname + url.search)])]);
    document.documentElement.dataset.offline = "";
  } catch {
    // Not allowed here, or no room: the page works as before, with a network.
  }
}

export async function dropPage() {
  if ("caches" in window) await (await caches.open(ROOM)).delete(location.pathname);
}
