// The clock of a talk: what is left, which block, the next question; notes get the minute they were begun at.
import { reach } from "./focus.js";

const room = document.querySelector("[data-live]");
const words = room.querySelector("[data-words]").dataset;
const minutes = Number(room.dataset.minutes);
const key = `askwell-talk-${room.dataset.live}`;
const bars = [...room.querySelectorAll("[data-bar]")];
const questions = [...room.querySelectorAll("[data-question]")];
const notes = room.querySelector("textarea");
let said = "";

const started = () => Number(localStorage.getItem(`${key}-begun`) ?? 0);
const elapsed = () => (Date.now() - started()) / 60000;
const clock = (left) => `${Math.floor(left)}:${String(Math.floor((left % 1) * 60)).padStart(2, "0")}`;

function say(text) {
  if (text === said) return;
  said = text;
  room.querySelector("[data-said]").textContent = text;
}

function draw() {
  if (!started()) return;
  const at = elapsed();
  const left = Math.max(0, minutes - at);
  room.querySelector("[data-left]").textContent = clock(left);
  const block = bars.find((bar) => at >= Number(bar.dataset.starts) && at < Number(bar.dataset.starts) + Number(bar.dataset.length));
  room.querySelector("[data-block]").textContent = block ? `${words.leftOf} · ${block.dataset.title}` : words.over;
  for (const bar of bars) bar.querySelector("progress").value = Math.min(Math.max(0, at - Number(bar.dataset.starts)), Number(bar.dataset.length));
  room.classList.toggle("live--closing", at >= Number(room.dataset.cue));
  say(at >= minutes ? words.up : at >= Number(room.dataset.cue) ? words.cue : (block?.dataset.title ?? ""));
}

async function stayAwake() {
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    // Refused on a low battery: the clock runs all the same.
  }
}

function begin() {
  if (!started()) localStorage.setItem(`${key}-begun`, Date.now());
  room.querySelector("[data-clock]").hidden = false;
  room.querySelector("[data-begin-row]").hidden = true;
  if (document.activeElement.matches("[data-begin], body")) reach(room.querySelector("[data-asked]") ?? room.querySelector("[data-clock]"));
  stayAwake();
  draw();
  setInterval(draw, 1000);
}

function turn() {
  questions.find((question) => !question.classList.contains("asked") && !question.hidden)?.classList.add("asked");
  showNext();
}

function showNext() {
  const next = questions.find((question) => !question.classList.contains("asked"));
  for (const question of questions) question.classList.toggle("now", question === next);
  const asking = room.querySelector("[data-turn]");
  if (!next && asking?.contains(document.activeElement)) reach(room.querySelector("[data-closing]"));
  asking?.toggleAttribute("hidden", !next);
}

// A line begun while the clock runs carries its minute.
notes.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || !started()) return;
  event.preventDefault();
  notes.setRangeText(`\n${clock(elapsed())}  `, notes.selectionStart, notes.selectionEnd, "end");
  notes.dispatchEvent(new Event("input", { bubbles: true }));
});
// Kept on this device too, for when the line is down.
notes.addEventListener("input", () => localStorage.setItem(`${key}-notes`, notes.value));
const kept = localStorage.getItem(`${key}-notes`);
if (kept && kept.length > notes.value.length && kept.startsWith(notes.value)) notes.value = kept;

room.querySelector("[data-begin]").addEventListener("click", begin);
for (const button of room.querySelectorAll("[data-asked], [data-skip]")) button.addEventListener("click", turn);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && started() && stayAwake());
room.querySelector("[data-begin-row]").hidden = false;
// One bar as long as the talk; the block in progress is named below the clock.
room.querySelector(".live__bars").classList.add("live__bars--line");
for (const bar of bars) bar.style.flexGrow = bar.dataset.length;
if (questions.length) showNext();
if (started() && elapsed() < 3 * minutes) begin();
