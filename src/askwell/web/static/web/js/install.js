// Where a browser may keep Askwell among its programs, a note stands in for pages while it is not running.
export function startInstalled() {
  if (!("serviceWorker" in navigator) || !document.querySelector(".shell")) return;
  // Refused in a private window or over plain http: every page works without.
  addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {}));
}
