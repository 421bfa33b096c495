// Single keys.  None of them sends, removes or forbids anything.
import { openDialog } from "./dialogs.js";

const steps = () => [...document.querySelectorAll("[data-step]")].filter((step) => step.checkVisibility());
const current = () => document.activeElement?.closest("[data-step]");
let going = false; // after "g", the next key names a place

function move(by) {
  const all = steps();
  if (!all.length) return;
  const at = all.indexOf(current());
  const to = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by));
  all[to].focus();
  all[to].scrollIntoView({ block: "nearest" });
}

function press(selector) {
  (current() ?? steps()[0])?.querySelector(selector)?.click();
}

function find() {
  const field = document.querySelector("main [data-find]");
  if (field) field.select(), field.focus();
  else openDialog("palette");
}

const keys = {
  "/": find,
  c: () => openDialog("add"),
  "+": () => openDialog("add"),
  "?": () => openDialog("help"),
  j: () => move(1),
  k: () => move(-1),
  e: () => press("[data-done]"),
  s: () => {
    press("[data-snooze]");
    document.querySelector(".pop[open] .pop__body :is(button, a)")?.focus();
  },
  g: () => {
    going = true;
    setTimeout(() => (going = false), 1500);
  },
};

const typing = (target) => target.closest?.("input, textarea, select, [contenteditable], dialog[open]");

function onKey(event) {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    openDialog("palette");
    return;
  }
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "Enter" && event.target.matches("[data-step]")) press("[data-primary]");
  if (document.body.dataset.keys === "off") return;
  if (going) {
    going = false;
    document.querySelector(`[data-go="${CSS.escape(event.key)}"]`)?.click();
    return;
  }
  if (Object.hasOwn(keys, event.key)) {
    event.preventDefault();
    keys[event.key]();
  }
}

// After a step is done, or more are shown, the list comes anew: stay at the same place in it.
let place = -1;
const follows = (step) => document.activeElement.compareDocumentPosition(step) & Node.DOCUMENT_POSITION_FOLLOWING;
function remember() {
  if (!document.activeElement.matches("[data-more]")) place = steps().indexOf(current());
  else if ((place = steps().findIndex(follows)) < 0) place = steps().length;
}
const restore = () => {
  if (place >= 0) steps()[Math.min(place, steps().length - 1)]?.focus();
  place = -1;
};

export function startKeys() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("htmx:beforeRequest", remember);
  document.addEventListener("htmx:afterSettle", restore);
}
