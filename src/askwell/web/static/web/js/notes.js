// Notes of a talk: on this device with every key, on the server as soon as it can be reached.  Whoever
// sends says which text they began from; what was written elsewhere meanwhile comes back beside it.
import { all, drop, put } from "./shelf.js";

const SOON = 1000; // while one types
const LATER = 5000; // while nothing gets through
const LOOK = 20000; // for what was written elsewhere

const cookie = (name) =>
  document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";

// What was typed between ``sent`` and ``now`` belongs into ``merged``, at the place it was typed.
export function carry(sent, now, merged) {
  if (now === sent) return merged;
  const most = Math.min(sent.length, now.length);
  let head = 0;
  while (head < most && sent[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < most - head && sent.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const typed = now.slice(head, now.length - tail);
  const gone = sent.length - head - tail;
  const line = sent.lastIndexOf("\n", head - 1) + 1;
  let at = -1;
  if (merged.endsWith(sent.slice(line))) at = merged.length - (sent.length - head);
  else if (merged.startsWith(sent.slice(0, head + gone))) at = head;
  if (at < 0) return typed ? `${merged}\n${typed}` : merged;
  return merged.slice(0, at) + typed + merged.slice(at + gone);
}

export class Notes {
  constructor({ talk, field, since, url, tell }) {
    Object.assign(this, { field, since, url, tell });
    this.mine = `${talk}-${Date.now()}-${Math.random().toString(36).slice(2)}`;
    this.talk = `${talk}-`;
    this.sent = field.value; // what the server is known to have
    this.share = undefined; // to be sent along, once it is said
    this.left = []; // of pages that ended before theirs was sent
    this.field.addEventListener("input", () => this.typed());
  }

  get isDirty() {
    return this.field.value !== this.sent || this.share !== undefined || this.left.length > 0;
  }

  async start() {
    // Held as long as this page lives: what another page left is taken only when that page is gone.
    navigator.locks?.request(`askwell-notes-${this.mine}`, () => new Promise(() => {}));
    // Heard from the first moment on: whoever is called while this begins looks once more when it has begun.
    const begun = this.begin();
    const again = () => document.visibilityState === "visible" && begun.then(() => this.sync());
    addEventListener("online", again);
    addEventListener("pageshow", (event) => event.persisted && again());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.leave() : again()));
    addEventListener("pagehide", () => this.leave());
    await begun;
    setInterval(() => this.isDirty && this.sync(), LATER);
    setInterval(again, LOOK);
  }

  // What pages before this one left, then what the server has.
  async begin() {
    const before = await this.abandoned();
    const unsent = before.filter(([, entry]) => !entry.done);
    if (unsent.length && this.field.value === this.sent) this.adopt(...unsent.shift());
    this.left = unsent;
    const through = await this.sync();
    const known = before.find(([, entry]) => entry.done);
    if (through) for (const [key, entry] of before) entry.done && drop(key);
    // A page kept for the way without a network may be older than what was sent from it.
    else if (known && this.field.value === this.sent) this.show(known[1].text, known[1].since);
  }

  async abandoned() {
    const found = [];
    for (const [key, entry] of await all(this.talk)) {
      if (key === this.mine) continue;
      const alone = (lock) => lock !== null;
      const gone = await (navigator.locks?.request(`askwell-notes-${key}`, { ifAvailable: true }, alone) ?? true);
      if (gone) found.push([key, entry]);
    }
    return found;
  }

  adopt(key, entry) {
    this.field.value = entry.text;
    this.since = entry.since;
    this.share = entry.share;
    this.keep();
    drop(key);
  }

  typed() {
    this.keep();
    this.timer ??= setTimeout(() => this.sync(), SOON);
  }

  keep() {
    put(this.mine, { text: this.field.value, since: this.since, share: this.share, done: !this.isDirty });
  }

  // True when the server has everything; two at once become one after the other.
  async sync() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.running = (this.running ?? Promise.resolve()).then(() => this.round());
    return this.running;
  }

  async round() {
    try {
      while (this.left.length) {
        const [key, entry] = this.left[0];
        const reply = await this.post(entry.text, entry.since, entry.share);
        if (reply.both) this.tell("both");
        this.left.shift();
        drop(key);
      }
      const [text, share] = [this.field.value, this.share];
      const changed = text !== this.sent || share !== undefined;
      this.settle(text, share, changed ? await this.post(text, this.since, share) : await this.look());
      if (this.isDirty) return this.round(); // typed meanwhile: it is not all kept yet
      this.tell(changed ? "kept" : "there");
      return true;
    } catch (error) {
      this.tell(error.refused ? "refused" : "here");
      return false;
    }
  }

  settle(text, share, reply) {
    if (this.share === share) this.share = undefined;
    const to = carry(text, this.field.value, reply.text);
    this.sent = reply.text;
    this.since = reply.since;
    if (to !== this.field.value) this.write(to);
    if (reply.both) this.tell("both");
    this.keep();
  }

  show(text, since) {
    this.write(text);
    [this.sent, this.since] = [text, since];
  }

  write(text) {
    const { field } = this;
    const rest = field.value.length - field.selectionEnd;
    const stays = text.startsWith(field.value.slice(0, field.selectionEnd));
    const at = stays ? field.selectionEnd : Math.max(0, text.length - rest);
    field.value = text;
    if (document.activeElement === field) field.setSelectionRange(at, at);
  }

  body(text, since, share) {
    const values = { notes: text, since };
    if (share !== undefined) values.share = share;
    return new URLSearchParams(values);
  }

  async post(text, since, share, more = {}) {
    const headers = { Accept: "application/json", "X-CSRFToken": cookie("csrftoken") };
    const asked = { method: "POST", headers, body: this.body(text, since, share), ...more };
    return this.read(await fetch(this.url, asked));
  }

  async look() {
    return this.read(await fetch(this.url, { headers: { Accept: "application/json" }, cache: "no-store" }));
  }

  async read(answer) {
    if (!answer.ok) throw Object.assign(new Error(answer.statusText), { refused: answer.status < 500 });
    return answer.json();
  }

  // The page may end now: one last try that outlives it; what is on the device stays until it is known.
  leave() {
    if (!this.isDirty) return;
    this.keep();
    this.post(this.field.value, this.since, this.share, { keepalive: true }).catch(() => {});
  }

  async forget() {
    for (const [key] of await this.abandoned()) await drop(key);
    await drop(this.mine);
  }
}
