// A notice on the screen when thanks are due, where it was asked for: while a tab is open, and once each.
const ON = "askwell-notices", TOLD = "askwell-told", LOOKED = "askwell-looked";
const EVERY = 5 * 60 * 1000; // milliseconds; of several tabs one looks

const kept = (name) => JSON.parse(localStorage.getItem(name) ?? "null");
const keep = (name, value) => localStorage.setItem(name, JSON.stringify(value));

export function startNotices() {
  if (!("Notification" in window) || Notification.permission !== "granted" || !kept(ON)) return;
  look();
  setInterval(look, EVERY);
}

async function look() {
  if (!kept(ON) || Date.now() - (kept(LOOKED) ?? 0) < EVERY / 2) return;
  keep(LOOKED, Date.now());
  const answer = await fetch("/notices/", { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) return; // not running, or the notebook is closed: it says so where one looks
  const { notices } = await answer.json();
  const before = kept(TOLD) ?? [];
  for (const one of notices.filter(({ key }) => !before.includes(key))) show(one);
  keep(TOLD, notices.map(({ key }) => key));
}

function show({ key, title, text, url }) {
  try {
    const notice = new Notification(title, { body: text, tag: key, icon: "/static/web/img/icon-192.png" });
    notice.addEventListener("click", () => {
      window.focus();
      location.assign(url);
    });
  } catch {
    // Browsers of phones show none without a server that pushes; there is none.
  }
}

function startChoice(part) {
  const [turn, state] = [part.querySelector("button"), part.querySelector("[data-state]")];
  const draw = () => {
    const can = "Notification" in window;
    const is = !can ? "missing" : Notification.permission === "denied" ? "denied" : kept(ON) && Notification.permission === "granted" ? "on" : "off";
    state.textContent = part.dataset[is];
    turn.hidden = is === "missing" || is === "denied";
    turn.textContent = is === "on" ? part.dataset.turnOff : part.dataset.turnOn;
  };
  turn.addEventListener("click", async () => {
    if (kept(ON)) keep(ON, false);
    else keep(ON, (await Notification.requestPermission()) === "granted");
    draw();
    startNotices();
  });
  draw();
}

for (const part of document.querySelectorAll("[data-notices]")) startChoice(part);
