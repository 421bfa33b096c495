// After a part of a page came anew the keyboard goes on where it was, never back at the top.
const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary";
const like = (one, other) => one.tagName === other.tagName && one.name === other.name && one.textContent === other.textContent;

let left; // the part that goes, and the control in it that had the focus

function remember({ detail: { target } }) {
  const control = document.activeElement;
  left = target.contains(control) && control !== target ? { id: target.id, control } : undefined;
}

// The same control; else what keeps the next entry; else the title of what came.
function successor(part) {
  return (
    part.querySelector("[data-summary]") ??
    [...part.querySelectorAll(CONTROLS)].find((one) => like(one, left.control) && one.checkVisibility()) ??
    (part.matches("[data-part]") ? part.querySelector("summary, button") : part.querySelector("h1, h2, h3")) ??
    part
  );
}

function restore({ target }) {
  if (!left || document.activeElement !== document.body || target.closest("#toasts")) return;
  const to = successor((left.id && document.getElementById(left.id)) || target);
  left = undefined;
  reach(to);
}

// Puts the focus on something, whether or not a keyboard stops there by itself.
export function reach(element) {
  if (!element.matches(`${CONTROLS}, [tabindex]`)) element.tabIndex = -1;
  element.focus();
}

export function startFocus() {
  // What has to be mended is read first.
  document.querySelector("[data-summary]")?.focus();
  document.addEventListener("htmx:beforeSwap", remember);
  document.addEventListener("htmx:afterSettle", restore);
}
