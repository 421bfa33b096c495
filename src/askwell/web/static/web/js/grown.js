// The picture of the tree: its size by buttons, keys, wheel with Ctrl, and two fingers; moved by dragging.
// Without this module it is a picture in a frame that scrolls.
const LEAST = 0.05, MOST = 4, STEP = 1.25;
const LEGIBLE = 0.85; // all of it is shown at first where its letters stay at least this large

function start(frame) {
  const view = frame.querySelector(".grown-view");
  const tree = view.querySelector(".grown");
  const gauges = [...tree.querySelectorAll(".gauge")].map((each) => [each, Number(each.getAttribute("width"))]);
  const width = gauges.reduce((sum, [, own]) => sum + own, 0);
  const height = tree.scrollHeight;
  const rightwards = getComputedStyle(view).direction === "ltr";
  let size = 1;

  const centre = () => ({ x: view.clientWidth / 2, y: view.clientHeight / 2 });

  // The point at ``at`` (in the frame) stays where it is.
  function zoom(to, at = centre()) {
    const next = Math.min(MOST, Math.max(LEAST, to));
    const begin = rightwards ? 0 : view.clientWidth; // from right to left, places are counted from the right
    const x = (view.scrollLeft + at.x - begin) / size;
    const y = (view.scrollTop + at.y) / size;
    size = next;
    for (const [each, own] of gauges) each.setAttribute("width", own * size);
    tree.style.setProperty("--size", size);
    view.scrollLeft = x * size - at.x + begin;
    view.scrollTop = y * size - at.y;
  }

  const whole = () => Math.min(1, view.clientWidth / width, view.clientHeight / height);
  const acts = {
    in: () => zoom(size * STEP),
    out: () => zoom(size / STEP),
    fit: () => zoom(whole()),
    full: () => zoom(1),
  };

  const tools = frame.querySelector(".grown-tools");
  tools.hidden = false;

  // What goes on beyond the frame fades there, and the way to all of it stands out.
  function sayCut() {
    const beyond = view.scrollWidth - view.clientWidth, past = Math.abs(view.scrollLeft);
    view.classList.toggle("goes-on", beyond - past > 1);
    view.classList.toggle("came-from", past > 1);
    tools.querySelector("[data-zoom=fit]").classList.toggle("button--do", beyond > 1);
  }
  view.addEventListener("scroll", sayCut, { passive: true });
  new ResizeObserver(sayCut).observe(view);
  new ResizeObserver(sayCut).observe(tree);
  tools.addEventListener("click", (event) => acts[event.target.closest("[data-zoom]")?.dataset.zoom]?.());

  view.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = { "+": "in", "=": "in", "-": "out", "0": "fit", "1": "full" }[event.key];
    if (!act) return;
    acts[act]();
    event.preventDefault();
    event.stopPropagation();
  });

  const place = (event) => {
    const box = view.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  view.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return; // a plain wheel scrolls, as everywhere
    event.preventDefault();
    zoom(size * Math.exp(-event.deltaY / 300), place(event));
  }, { passive: false });

  const held = new Map();
  let apart = 0, moved = 0;
  const spread = () => {
    const [a, b] = [...held.values()];
    return Math.hypot(a.x - b.x, a.y - b.y);
  };

  view.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    held.set(event.pointerId, place(event));
    moved = 0;
    if (held.size === 2) apart = spread();
  });
  view.addEventListener("pointermove", (event) => {
    const before = held.get(event.pointerId);
    if (!before) return;
    const now = place(event);
    held.set(event.pointerId, now);
    if (held.size === 2) {
      const [a, b] = [...held.values()];
      zoom(size * (spread() / apart), { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
      apart = spread();
    } else if (event.pointerType === "mouse") { // fingers scroll by themselves
      moved += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
      if (moved > 4) view.classList.add("is-held");
      view.scrollLeft -= now.x - before.x;
      view.scrollTop -= now.y - before.y;
    }
  });
  const release = (event) => {
    held.delete(event.pointerId);
    view.classList.remove("is-held");
  };
  for (const name of ["pointerup", "pointercancel", "pointerleave"]) view.addEventListener(name, release);
  view.addEventListener("dragstart", (event) => event.preventDefault());
  view.addEventListener("click", (event) => {
    if (moved > 4) event.preventDefault(); // the end of a drag is no wish to go there
    moved = 0;
  }, { capture: true });

  function reach(id, focus) {
    const one = document.getElementById(id);
    if (!one || !tree.contains(one)) return;
    const box = one.getBoundingClientRect(), frameBox = view.getBoundingClientRect();
    view.scrollLeft += box.left - frameBox.left - view.clientWidth / 3;
    view.scrollTop += box.top - frameBox.top - view.clientHeight / 2;
    if (focus) one.focus({ preventScroll: true });
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-reach]");
    if (!link) return;
    event.preventDefault();
    reach(link.dataset.reach, true);
  });
  if (whole() >= LEGIBLE) acts.fit();
  const first = document.querySelector("[data-reach]");
  if (first) reach(first.dataset.reach, false);
}

for (const frame of document.querySelectorAll("[data-grown]")) start(frame);
