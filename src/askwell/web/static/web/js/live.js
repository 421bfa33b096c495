// The clock of a talk: what is left, which block, the next question.  All of it counts from real moments,
// so that midnight, another zone or a clock put forward changes nothing.
import { reach } from "./focus.js";
import { Notes } from "./notes.js";
import { dropPage, keepPage } from "./offline.js";

const room = document.querySelector("[data-live]");
const find = (name) => room.querySelector(`[data-${name}]`);
const words = find("words").dataset;
const booked = Number(room.dataset.minutes);
const cue = booked - Number(room.dataset.cue); // minutes before the end
const key = `askwell-talk-${room.dataset.live}`;
const bars = [...room.querySelectorAll("[data-bar]")];
const questions = [...room.querySelectorAll("[data-question]")];
const form = find("notes");
const field = form.querySelector("textarea");
const share = find("share");
const say = (text) => find("said").textContent !== text && (find("said").textContent = text);
const put = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// What this talk needs to go on after a reload.
const state = { begun: 0, longer: 0, stops: false, past: [], ...JSON.parse(localStorage.getItem(key) ?? "{}") };
function remember(change) {
  Object.assign(state, change);
  localStorage.setItem(key, JSON.stringify(state));
}

const minutes = () => booked + state.longer;
const elapsed = () => Math.max(0, (Date.now() - state.begun) / 60000);
const clock = (left) => `${Math.floor(left)}:${String(Math.floor((left % 1) * 60)).padStart(2, "0")}`;

let told = "";
function tell(text) {
  if (text === told) return;
  told = text;
  say(text);
}

function blockAt(at) {
  const last = bars.at(-1);
  return bars.find((bar) => at < Number(bar.dataset.starts) + Number(bar.dataset.length)) ?? (at < minutes() ? last : undefined);
}

function inWords(block, at) {
  if (!block) return words.over;
  const ends = block === bars.at(-1) ? minutes() : Number(block.dataset.starts) + Number(block.dataset.length);
  const left = put(words.inBlock, { block: block.dataset.title, n: Math.ceil(ends - at) });
  return `${put(words.leftOf, { n: minutes() })} · ${left}`;
}

function draw() {
  if (!state.begun) return;
  const at = elapsed();
  const left = Math.max(0, minutes() - at);
  const closing = left <= cue;
  find("left").textContent = clock(left);
  const block = blockAt(at);
  find("block").textContent = inWords(block, at);
  for (const bar of bars) bar.querySelector("progress").value = Math.min(Math.max(0, at - Number(bar.dataset.starts)), Number(bar.dataset.length));
  room.classList.toggle("live--closing", closing);
  if (find("asking")) find("asking").hidden = !closing || left === 0 || state.longer > 0 || state.stops;
  tell(left === 0 ? words.up : closing ? words.cue : (block?.dataset.title ?? ""));
  if (at > minutes() + 15) letSleep();
}

// The screen stays on while the talk lasts and the page is seen; a browser takes it back when it is not.
let awake;
async function stayAwake() {
  if (awake && !awake.released) return;
  try {
    awake = await navigator.wakeLock?.request("screen");
  } catch {
    // Refused on a low battery: the clock runs all the same.
  }
}
function letSleep() {
  awake?.release();
  awake = undefined;
}

function begin() {
  if (!state.begun) remember({ begun: Date.now() });
  find("clock").hidden = false;
  find("begin-row").hidden = true;
  find("stamp").hidden = false;
  if (document.activeElement.matches("[data-begin], body")) reach(find("asked") ?? find("clock"));
  stayAwake();
  draw();
  setInterval(draw, 1000);
}

const text = (question) => question.textContent.trim();
const isPast = (question) => state.past.includes(text(question));
function pass(question, { ticked }) {
  const past = state.past.filter((one) => one !== text(question));
  remember({ past: ticked ? [...past, text(question)] : past });
  showNext();
}

function showNext() {
  const next = questions.find((question) => !isPast(question));
  for (const question of questions) {
    question.classList.toggle("asked", isPast(question));
    question.classList.toggle("now", question === next);
    question.querySelector("input").checked = isPast(question);
  }
  const asking = find("turn");
  if (!next && asking?.contains(document.activeElement)) reach(find("closing"));
  asking?.toggleAttribute("hidden", !next);
}

function startQuestions() {
  for (const question of questions) {
    question.querySelector("input").addEventListener("change", ({ target }) => pass(question, { ticked: target.checked }));
  }
  const turn = () => pass(questions.find((question) => !isPast(question)), { ticked: true });
  for (const button of room.querySelectorAll("[data-asked], [data-skip]")) button.addEventListener("click", turn);
  if (questions.length) showNext();
}

function startAsking() {
  find("agreed")?.addEventListener("click", () => {
    remember({ longer: Number(room.dataset.longer) });
    draw();
    tell(put(words.longerBy, { n: state.longer }));
    reach(field);
  });
  find("stop")?.addEventListener("click", () => {
    remember({ stops: true });
    draw();
    reach(find("closing"));
  });
}

// A line begun while the clock runs carries its minute.
function stamp() {
  const at = field.selectionStart;
  const fresh = at === 0 || field.value[at - 1] === "\n";
  field.setRangeText(`${fresh ? "" : "\n"}${clock(elapsed())}  `, at, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function startStamps() {
  let plain = false;
  field.addEventListener("keydown", (event) => (plain = event.shiftKey));
  field.addEventListener("beforeinput", (event) => {
    if (!["insertLineBreak", "insertParagraph"].includes(event.inputType) || plain || event.isComposing || !state.begun) return;
    event.preventDefault();
    field.setRangeText("\n", field.selectionStart, field.selectionEnd, "end");
    stamp();
  });
  find("stamp").addEventListener("click", () => {
    field.focus();
    stamp();
  });
}

const STATES = {
  kept: () => (find("kept").textContent = words.safe),
  there: () => find("kept").textContent === words.here && (find("kept").textContent = words.safe),
  here: () => (find("kept").textContent = words.here),
  refused: () => (find("kept").textContent = words.refused),
  both: () => {
    find("both").hidden = false;
    say(find("both").textContent);
  },
};
const notes = new Notes({
  talk: room.dataset.live, field, since: form.elements.since.value, url: form.action, tell: (what) => STATES[what](),
});

function startShare() {
  find("share-field").hidden = false;
  const show = () => {
    const said = put(share.dataset.pattern, { theirs: share.value, mine: 100 - share.value });
    find("share-said").textContent = said;
    share.setAttribute("aria-valuetext", said);
  };
  if (share.hasAttribute("data-known")) show();
  share.addEventListener("input", () => {
    show();
    notes.share = share.value;
    notes.typed();
  });
}

async function wrapUp() {
  const ended = Date.now();
  if (!(await notes.sync())) return find("kept").textContent === words.refused || offline();
  letSleep();
  await Promise.all([notes.forget(), dropPage()]);
  const real = state.begun ? `?begun=${state.begun}&ended=${ended}` : "";
  location.assign(form.dataset.then + real);
}

function offline() {
  find("kept").textContent = words.offline;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.submitter?.value === "held") wrapUp();
  else notes.sync();
});
find("begin").addEventListener("click", begin);
document.addEventListener("visibilitychange", () => {
  if (document.hidden) letSleep();
  else if (state.begun && elapsed() < minutes() + 15) stayAwake();
  draw();
});

find("begin-row").hidden = false;
// One bar as long as the talk; the block in progress is named below the clock.
room.querySelector(".live__bars").classList.add("live__bars--line");
for (const bar of bars) bar.style.flexGrow = bar.dataset.length;
startQuestions();
startAsking();
startStamps();
startShare();
if (state.begun && elapsed() > 3 * booked) remember({ begun: 0, longer: 0, stops: false, past: [] });
if (state.begun) begin();
notes.start().then(keepPage);
