// The palette: one types and stays in the field, the arrows choose in the list (a combobox with a listbox).
const palette = () => document.getElementById("palette");
const options = () => [...palette().querySelectorAll("[role=option]")];
const chosen = () => palette().querySelector("[role=option][aria-selected=true]");
let answered = ""; // the text that the list answers
let eager = false; // Enter was pressed before the answer came

const stale = () => palette().querySelector("input").value !== answered;

function go() {
  eager = false;
  if (chosen()) chosen().click();
  else palette().querySelector("form").submit();
}

function choose(option) {
  chosen()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  const field = palette().querySelector("input");
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
}

// The list is one of links where there is no script; here it is one to choose from.
function become({ target, detail }) {
  if (target.id !== "palette-finds") return;
  const list = target.querySelector("ul");
  const field = palette().querySelector("input");
  answered = new URL(detail.xhr.responseURL).searchParams.get("q") ?? "";
  field.setAttribute("aria-expanded", String(Boolean(list?.children.length)));
  if (!list) return eager && !stale() ? go() : undefined;
  list.id = "palette-list";
  list.role = "listbox";
  for (const item of list.children) item.role = "presentation";
  list.querySelectorAll("a").forEach((link, at) => Object.assign(link, { role: "option", id: `find-${at}`, tabIndex: -1, ariaSelected: "false" }));
  choose(options()[0]);
  if (eager && !stale()) go();
}

function onKey(event) {
  const here = event.target.closest?.("#palette");
  if (!here || event.isComposing) return;
  // A browser spends the first Escape on emptying the field.
  if (event.key === "Escape") event.preventDefault(), here.close();
  const all = options();
  if (event.key === "Enter") {
    event.preventDefault();
    if (stale()) eager = true;
    else go();
  }
  const at = all.indexOf(chosen());
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
  if (to === undefined || !all.length) return;
  event.preventDefault();
  choose(all[(to + all.length) % all.length]);
}

export function startPalette() {
  const field = palette()?.querySelector("input");
  if (!field) return;
  const marks = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "palette-finds", "aria-haspopup": "listbox" };
  for (const [name, value] of Object.entries(marks)) field.setAttribute(name, value);
  document.addEventListener("keydown", onKey);
  document.addEventListener("htmx:afterSettle", become);
  field.addEventListener("input", () => (eager = false));
  palette().addEventListener("htmx:sendError", () => eager && go());
  field.addEventListener("focus", () => options().length || htmx.trigger(field, "open"));
}
