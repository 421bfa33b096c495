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

function onKey(event) {
  if (event.target.matches?.("[data-enter-sends]") && event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
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
