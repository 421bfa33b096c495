// What every page does: the token for htmx, dialogs, keys, toasts, copying.
import { startBusy } from "./busy.js";
import { startDialogs } from "./dialogs.js";
import { reach, startFocus } from "./focus.js";
import { startInstalled } from "./install.js";
import { startKeys } from "./keys.js";
import { startPalette } from "./palette.js";
import { say, startSaying } from "./say.js";

const cookie = (name) =>
  document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = cookie("csrftoken");
});

// A page that a form refused (422) is still the answer to show.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 422) event.detail.shouldSwap = true;
});

function startToasts(root) {
  for (const toast of root.querySelectorAll("[data-toast]:not([data-started])")) {
    toast.dataset.started = "";
    const button = toast.querySelector("[data-dismiss]");
    button.hidden = false;
    button.addEventListener("click", () => {
      toast.remove();
      reach(document.querySelector("[data-dismiss]") ?? document.getElementById("content"));
    });
    // Long enough to reach by keyboard; what was done stays in the list of changes.
    const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, 5000) : toast.remove());
    setTimeout(leave, 20000);
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  await navigator.clipboard.writeText(source.value ?? source.textContent);
  const before = button.textContent;
  button.textContent = button.dataset.copied;
  say(button.dataset.copied);
  setTimeout(() => (button.textContent = before), 2000);
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

startBusy(say);
startDialogs();
startKeys(); // before the focus: where there are steps, their order says where to go on
startFocus();
startSaying();
startInstalled();
startPalette();
startToasts(document);
document.addEventListener("htmx:afterSettle", () => startToasts(document));
document.addEventListener("htmx:oobAfterSwap", () => startToasts(document));

// Asked for in the settings; who did not ask loads nothing of it.
if (localStorage.getItem("askwell-notices") === "true") import("./notices.js").then(({ startNotices }) => startNotices());
