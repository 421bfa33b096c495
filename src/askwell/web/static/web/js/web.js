// The web of contacts as a picture.  The list beside it says the same; names and words are read from there.
// A plain wheel scrolls the page, with Ctrl it changes the size.  Without WebGL, or this module, there is the list.
const root = document.querySelector("[data-web]");
const data = JSON.parse(document.getElementById("web-numbers").textContent);
const picture = root.querySelector(".web-picture");
const view = picture.querySelector(".web-view"), canvas = picture.querySelector(".web-canvas");
const names = picture.querySelector(".web-names"), card = picture.querySelector(".web-card");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const YOU = "you", NAMED = 3; // people a group has at least that is named in the picture
const MANY_TIES = 15000; // not drawn while the picture moves
const item = (at) => document.getElementById(`p${at}`);
const nameOf = (at) => item(at).querySelector("a").textContent;
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

let drawn = null; // what ``draw`` gives, once the picture is there
let chosen = null, over = null, found = null;

// --- the list

const listed = data.x.map((_x, at) => {
  const about = item(at).querySelector(".web-about");
  return fold(`${nameOf(at)} ${about ? about.textContent : ""}`);
});

function find(text) {
  const words = fold(text).split(/\s+/).filter(Boolean);
  found = words.length ? new Set(listed.flatMap((said, at) => (words.every((word) => said.includes(word)) ? [at] : []))) : null;
  for (const group of root.querySelectorAll("[data-group]")) {
    let any = false;
    for (const one of group.querySelectorAll("li")) {
      one.hidden = Boolean(found) && !found.has(Number(one.id.slice(1)));
      any ||= !one.hidden;
    }
    group.hidden = !any;
    if (found && any) group.open = true;
  }
  const said = root.querySelector("[data-web-said]");
  said.textContent = !found ? "" : found.size ? said.dataset.some.replace("{n}", found.size) : said.dataset.none;
  drawn?.refresh();
}

const field = root.querySelector("#find");
field.addEventListener("input", () => find(field.value));
field.form.addEventListener("submit", (event) => {
  event.preventDefault();
  find(field.value);
  if (found?.size) choose(found.values().next().value, { go: true });
});

const personAt = (event) => {
  const one = event.target.closest?.(".web-group li");
  return one ? Number(one.id.slice(1)) : null;
};
const list = root.querySelector(".web-list");
function point(at) {
  if (at === over) return;
  over = at;
  drawn?.refresh();
}
list.addEventListener("pointerover", (event) => point(personAt(event)));
list.addEventListener("pointerleave", () => point(null));
list.addEventListener("focusin", (event) => point(personAt(event)));
list.addEventListener("focusout", () => point(null));
list.addEventListener("click", (event) => {
  if (event.target.closest("a, summary")) return;
  const at = personAt(event);
  if (at !== null && drawn) choose(at, { go: true });
});

// --- the way from you, and the card

function wayTo(at) {
  const way = [];
  for (let one = at; one !== null && one >= 0; one = data.by[one]) way.unshift(one);
  return data.by[way[0]] === null ? null : way; // null: nobody leads there
}

function choose(at, { go = false } = {}) {
  if (chosen !== null) item(chosen).classList.remove("is-chosen");
  chosen = at;
  card.hidden = at === null;
  if (at !== null) {
    item(at).classList.add("is-chosen");
    writeCard(at);
    if (go) drawn?.goTo(at);
    else reveal(at);
  }
  drawn?.show(at === null ? null : wayTo(at));
}

function reveal(at) {
  item(at).closest("details").open = true;
  const box = item(at).getBoundingClientRect(), frame = list.getBoundingClientRect();
  if (getComputedStyle(list).overflowY === "auto") list.scrollTop += box.top - frame.top - frame.height / 3;
}

function make(tag, className, ...inside) {
  const one = document.createElement(tag);
  if (className) one.className = className;
  one.append(...inside);
  return one;
}

function writeCard(at) {
  const link = item(at).querySelector("a"), about = item(at).querySelector(".web-about");
  const title = make("h3", "", link.textContent);
  const parts = [title];
  if (about) parts.push(make("p", "web-about", about.textContent));
  const way = wayTo(at);
  if (way) {
    const steps = [card.dataset.you, ...way.map(nameOf)].map((name) => make("li", "", make("span", "chip chip--accent", name)));
    parts.push(make("ol", "web-way", ...steps));
  }
  for (const one of way ?? [at]) {
    const how = make("p", "web-how");
    const words = item(one).querySelector(".web-how").innerText;
    if (way && way.length > 1) how.append(make("b", "", `${nameOf(one)}: `));
    how.append(words.split("\n").join(" "));
    parts.push(how);
  }
  const open = make("a", "button button--primary", card.dataset.open);
  open.href = link.href;
  const close = make("button", "button button--quiet", card.dataset.shut);
  close.type = "button";
  close.addEventListener("click", () => choose(null));
  parts.push(make("p", "row", open, close));
  card.replaceChildren(...parts);
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && chosen !== null && !document.querySelector("dialog[open]")) choose(null);
});

// --- the picture

// Distance from the rim of a sign, in its own size; inside it is below nought.
const RIMS = [
  "length(p) - 1.0",
  "max(abs(p.x), abs(p.y)) - 0.71",
  "(abs(p.x) + abs(p.y) - 1.0) * 0.71",
  "max(abs(p.x) * 0.866 + p.y * 0.5, -p.y) - 0.5",
  "abs(length(p) - 0.72) - 0.28",
];
const LARGER = [1, 1.25, 1.3, 1.5, 1.1]; // so that all look about as large

function programOf(Circle, rim) {
  const shader = `
precision highp float;
varying vec4 v_color;
varying vec2 v_diffVector;
varying float v_radius;
uniform float u_correctionRatio;
void main(void) {
  vec2 p = v_diffVector / v_radius;
  float soft = 2.0 * u_correctionRatio / v_radius;
  float out_by = ${rim} + soft;
  #ifdef PICKING_MODE
  gl_FragColor = length(p) > 1.0 ? vec4(0.0) : v_color;
  #else
  gl_FragColor = v_color * (1.0 - clamp(out_by / soft, 0.0, 1.0));
  #endif
}`;
  return class extends Circle {
    getDefinition() {
      return { ...super.getDefinition(), FRAGMENT_SHADER_SOURCE: shader };
    }
  };
}

// Colours come from the sheet: asked of an element, they are those of the theme.
function coloursNow() {
  const of = (name) => {
    const probe = make("i", ""); // a new one each time: the colour of an old one may be on its way
    probe.style.color = `var(--${name})`;
    view.append(probe);
    const colour = getComputedStyle(probe).color;
    probe.remove();
    return colour;
  };
  const found = { groups: [1, 2, 3, 4, 5, 6, 7, 8].map((n) => of(`web-${n}`)) };
  for (const name of ["ink", "ink-soft", "line", "card", "accent", "edge"]) found[name] = of(name);
  found.ties = found.groups.map((colour) => faint(colour, found.card, 0.45));
  found.between = faint(found.edge, found.card, 0.35);
  return found;
}

// Mixed with the ground instead of seen through: thousands of lines then stay quiet.
function faint(colour, ground, part) {
  const [a, b] = [colour, ground].map((one) => one.match(/[\d.]+/g).map(Number));
  return `rgb(${a.slice(0, 3).map((value, at) => Math.round(value * part + b[at] * (1 - part))).join(",")})`;
}

const base = Math.min(9, Math.max(2.2, 90 / Math.sqrt(data.x.length))); // size of a sign

function makeGraph(UndirectedGraph, colours) {
  const graph = new UndirectedGraph({ multi: false });
  const alone = new Set(data.alone);
  data.x.forEach((x, at) => {
    const group = data.group[at], shape = alone.has(group) ? 0 : group % RIMS.length;
    graph.addNode(String(at), {
      x, y: data.y[at], label: nameOf(at), type: `s${shape}`,
      size: base * LARGER[shape] * (0.75 + 0.75 * data.strength[at]),
      colour: alone.has(group) ? -1 : group % colours.groups.length,
    });
  });
  graph.addNode(YOU, { x: 0, y: 0, label: "", type: "s0", size: base * 1.6, colour: -2, zIndex: 2 });
  for (let at = 0; at < data.ties.length; at += 3) {
    const [one, other, weight] = data.ties.slice(at, at + 3);
    graph.mergeEdge(String(one), String(other), {
      size: 0.4 + weight / 120, colour: data.group[one] === data.group[other] ? data.group[one] % colours.groups.length : -1,
    });
  }
  return graph;
}

function drawHover(colours) {
  return (context, one, settings) => {
    if (!one.label) return;
    context.font = `${settings.labelWeight} ${settings.labelSize}px ${settings.labelFont}`;
    const width = context.measureText(one.label).width, left = one.x + one.size + 3;
    context.beginPath();
    context.roundRect(left, one.y - 12, width + 12, 24, 6);
    context.fillStyle = colours.card;
    context.strokeStyle = colours.edge;
    context.lineWidth = 1;
    context.fill();
    context.stroke();
    context.fillStyle = colours.ink;
    context.fillText(one.label, left + 6, one.y + settings.labelSize / 3);
  };
}

async function draw() {
  const { Sigma, NodeCircleProgram, UndirectedGraph } = await import("../vendor/sigma/sigma.min.js");
  let colours = coloursNow();
  const graph = makeGraph(UndirectedGraph, colours);
  let way = null, onWay = new Set(), near = new Set();

  const colourOf = (number) => (number === -1 ? colours.edge : number === -2 ? colours.ink : colours.groups[number]);
  const isLit = (node) => {
    const at = node === YOU ? -1 : Number(node);
    if (at === over) return true;
    if (chosen !== null) return onWay.has(node) || near.has(node);
    return found ? found.has(at) : true;
  };
  const isOnWay = (node) => onWay.has(node) || Number(node) === over;
  function nodeLook(node, kept) {
    const look = { ...kept, color: colourOf(kept.colour) };
    if (!isLit(node)) return { ...look, color: faint(look.color, colours.card, 0.22), label: "", zIndex: 0 };
    if (isOnWay(node)) return { ...look, size: kept.size * 1.35 + 1, forceLabel: true, highlighted: true, zIndex: 3 };
    if (chosen !== null) return { ...look, zIndex: 1, label: "" };
    return { ...look, zIndex: 1, forceLabel: Boolean(found) && found.size <= 12 };
  }
  function edgeLook(edge, kept) {
    if (kept.way) return { ...kept, color: colours.accent, size: 3, zIndex: 2 };
    const [one, other] = graph.extremities(edge);
    if (chosen !== null) {
      const mine = one === String(chosen) || other === String(chosen);
      return mine ? { ...kept, color: faint(colours.edge, colours.card, 0.8), zIndex: 1 } : { ...kept, hidden: true };
    }
    if (found) return { ...kept, hidden: !(found.has(Number(one)) && found.has(Number(other))), color: colours.between };
    return { ...kept, color: kept.colour < 0 ? colours.between : colours.ties[kept.colour], zIndex: 0 };
  }

  const sigma = new Sigma(graph, canvas, {
    nodeProgramClasses: Object.fromEntries(RIMS.map((rim, at) => [`s${at}`, programOf(NodeCircleProgram, rim)])),
    nodeReducer: nodeLook, edgeReducer: edgeLook, zIndex: true, stagePadding: 36,
    defaultNodeType: "s0", minEdgeThickness: 1, hideEdgesOnMove: data.ties.length / 3 > MANY_TIES,
    labelFont: getComputedStyle(document.body).fontFamily, labelSize: 12, labelWeight: "500",
    labelColor: { color: colours.ink }, labelRenderedSizeThreshold: base * 2, labelDensity: 0.7,
    defaultDrawNodeHover: drawHover(colours), maxCameraRatio: 3, minCameraRatio: 0.02, zoomDuration: calm.matches ? 0 : 200,
    inertiaDuration: calm.matches ? 0 : 200,
  });
  const camera = sigma.getCamera();
  const move = (state) => (calm.matches ? camera.setState({ ...camera.getState(), ...state }) : camera.animate(state, { duration: 350 }));
  const refresh = () => sigma.refresh({ skipIndexation: true });

  sigma.on("clickNode", ({ node }) => node !== YOU && choose(Number(node)));
  sigma.on("clickStage", () => choose(null));
  sigma.on("enterNode", ({ node }) => canvas.classList.toggle("is-over", node !== YOU));
  sigma.on("leaveNode", () => canvas.classList.remove("is-over"));

  const acts = {
    in: () => move({ ratio: Math.max(0.02, camera.ratio / 1.5) }),
    out: () => move({ ratio: Math.min(3, camera.ratio * 1.5) }),
    fit: () => move({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }),
  };
  picture.querySelector(".web-tools").addEventListener("click", (event) => acts[event.target.closest("[data-zoom]")?.dataset.zoom]?.());

  nameGroups(sigma);
  const again = () => {
    colours = coloursNow();
    sigma.setSetting("labelColor", { color: colours.ink });
    sigma.setSetting("defaultDrawNodeHover", drawHover(colours));
    refresh();
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  new MutationObserver(again).observe(document.documentElement, { attributeFilter: ["data-theme"] });

  function show(next) {
    for (const edge of graph.filterEdges((_edge, kept) => kept.own)) graph.dropEdge(edge);
    graph.forEachEdge((edge, kept) => kept.way && graph.removeEdgeAttribute(edge, "way"));
    way = next;
    onWay = new Set(way ? [YOU, ...way.map(String)] : chosen === null ? [] : [String(chosen)]);
    near = new Set(chosen === null ? [] : graph.neighbors(String(chosen)));
    if (way) [YOU, ...way.map(String)].reduce((one, other) => {
      if (graph.hasEdge(one, other)) graph.setEdgeAttribute(one, other, "way", true);
      else graph.addEdge(one, other, { way: true, own: true, size: 3 });
      return other;
    });
    names.classList.toggle("is-quiet", chosen !== null);
    sigma.refresh();
  }

  function goTo(at) {
    const { x, y } = sigma.getNodeDisplayData(String(at));
    move({ x, y, ratio: Math.min(camera.ratio, data.x.length > 400 ? 0.35 : 0.7) });
  }
  return { refresh, show, goTo };
}

// Names of the groups above them; of two that would touch, the larger group's stays.
function nameGroups(sigma) {
  const alone = new Set(data.alone), members = new Map();
  data.group.forEach((group, at) => {
    if (!alone.has(group)) members.set(group, [...(members.get(group) ?? []), at]);
  });
  const labels = [...members].filter(([, people]) => people.length >= NAMED).map(([group, people]) => {
    const heading = document.getElementById(`g${group}`);
    const one = make("span", "", heading.querySelector("svg").cloneNode(true), make("b", "", heading.dataset.short));
    names.append(one);
    const middle = people.reduce((sum, at) => sum + data.x[at], 0) / people.length;
    const tops = people.map((at) => data.y[at]).sort((a, b) => b - a);
    return { one, x: middle, y: tops[Math.floor(tops.length / 20)] };
  });
  const you = make("span", "web-you", make("b", "", card.dataset.you));
  names.append(you);
  labels.unshift({ one: you, x: 0, y: 0 });
  const sizes = labels.map(({ one }) => [one.offsetWidth, one.offsetHeight]);
  sigma.on("afterRender", () => {
    const taken = [], room = { width: names.clientWidth, height: names.clientHeight };
    labels.forEach(({ one, x, y }, at) => {
      const place = sigma.graphToViewport({ x, y }), [width, height] = sizes[at];
      if (place.x > -40 && place.x < room.width + 40) place.x = Math.min(Math.max(place.x, width / 2 + 4), room.width - width / 2 - 4);
      const box = { left: place.x - width / 2, top: place.y - height - 8, right: place.x + width / 2, bottom: place.y - 8 };
      const touches = taken.some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom);
      one.style.visibility = touches ? "hidden" : "visible";
      one.style.transform = `translate(${Math.round(box.left)}px, ${Math.round(box.top)}px)`;
      if (!touches) taken.push(box);
    });
  });
  sigma.refresh();
}

view.addEventListener("wheel", (event) => event.ctrlKey || event.target.closest(".web-card") || event.stopPropagation(), { capture: true, passive: true });

const canDraw = () => {
  const trial = document.createElement("canvas");
  return Boolean(trial.getContext("webgl2") ?? trial.getContext("webgl"));
};

async function open() {
  picture.hidden = false;
  root.classList.add("has-picture");
  if (drawn) return;
  if (!canDraw()) {
    view.hidden = true;
    picture.querySelector(".web-says").hidden = true;
    picture.querySelector("[data-web-none]").hidden = false;
    return;
  }
  drawn = await draw();
  view.dataset.drawn = "";
}

const opener = root.querySelector(".web-open");
opener.hidden = false;
root.querySelector("[data-web-submit]").hidden = true;
const wide = () => getComputedStyle(opener).display === "none";
opener.querySelector("button").addEventListener("click", (event) => {
  const shown = event.currentTarget.getAttribute("aria-expanded") === "true";
  event.currentTarget.setAttribute("aria-expanded", String(!shown));
  if (shown) picture.hidden = true;
  else open();
});
addEventListener("resize", () => wide() && picture.hidden && open());
if (wide()) await open();
if (field.value) find(field.value);
