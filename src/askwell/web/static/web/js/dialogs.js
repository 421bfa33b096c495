// Links that are pages without script open as dialogs with it.

export function openDialog(name) {
  const dialog = document.getElementById(name);
  if (!dialog || dialog.open) return false;
  dialog.showModal();
  dialog.querySelector("input[type=search]")?.select();
  dialog.querySelector("input:not([type=hidden]), textarea")?.focus();
  return true;
}

function onClick(event) {
  const opener = event.target.closest("[data-dialog]");
  if (opener && !event.ctrlKey && !event.metaKey && openDialog(opener.dataset.dialog)) event.preventDefault();
  if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
  if (event.target instanceof HTMLDialogElement) closeOutside(event);
}

function closeOutside(event) {
  const box = event.target.getBoundingClientRect();
  const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
  if (!inside) event.target.close();
}

// In the list of finds the arrows move, and Enter in the field takes the first.
function onKey(event) {
  const palette = event.target.closest?.("#palette");
  if (palette) moveInFinds(event, palette);
  if (event.target.matches?.("[data-enter-sends]") && event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
}

function moveInFinds(event, palette) {
  // A browser spends the first Escape on emptying the field.
  if (event.key === "Escape") {
    event.preventDefault();
    palette.close();
  }
  const finds = [...palette.querySelectorAll("[data-finds] a")];
  const at = finds.indexOf(document.activeElement);
  if (event.key === "Enter" && at < 0 && finds.length) {
    event.preventDefault();
    finds[0].click();
  }
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  (finds[to] ?? palette.querySelector("input")).focus();
}

// A small menu closes when one looks elsewhere.
function closeMenus(event) {
  for (const menu of document.querySelectorAll("details.pop[open]")) {
    if (event.type === "keydown" ? event.key === "Escape" : !menu.contains(event.target)) {
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    }
  }
}

export function startDialogs() {
  document.addEventListener("click", closeMenus);
  document.addEventListener("keydown", closeMenus);
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
}
