/* The page of one question of a quiz: every change is saved, and what is not acknowledged yet lies in this browser.

   Without this module the form has a Save button. One change is on its way at a time, with a key of its own; where no
   answer comes, the same key is sent again, so that nothing counts twice. A run of a challenge is saved when one asks for
   it (data-by-hand). The clock is the server's: what this machine
   takes for the time is never asked. */

const form = document.querySelector("form[data-save]");
const clock = document.querySelector("[data-clock]");
const WAITS = [1, 2, 4, 8], LONG = 10, PATIENCE = 3000, ASK = 10_000, TYPED = 500;

const store = {
  all() { try { return Object.keys(localStorage); } catch { return []; } },
  get(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* it waits in this page alone */ } },
  drop(key) { try { localStorage.removeItem(key); } catch { /* as above */ } },
};

const uuid = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (sign) => (sign ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (sign / 4)))).toString(16));

/** What is still to be sent when a change has been acknowledged: what was chosen while it was on its way. */
function after(change, told) {
  if (change.then === undefined || change.then === told.value) return null;
  return { key: uuid(), base: told.revision ?? change.base, value: change.then, who: change.who };
}

/** Send to the server; what it said, or null where it said nothing that we understand. */
async function send(address, change, token) {
  try {
    const response = await fetch(address, {
      method: "POST", signal: AbortSignal.timeout(PATIENCE), credentials: "same-origin", redirect: "manual",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token }, body: JSON.stringify({ ...change, then: undefined }),
    });
    if ([401, 403, 404].includes(response.status)) return { state: "signed-out" };
    return [200, 409, 422, 429].includes(response.status) ? await response.json() : null;
  } catch { return null; }
}

class Answer {
  constructor() {
    Object.assign(this, { address: form.dataset.save, box: `orrery-answer:${form.dataset.box}`, revision: Number(form.dataset.revision), saved: form.dataset.value ?? null, since: form.dataset.since ?? "", byHand: form.hasAttribute("data-by-hand") });
    form.classList.add("live"); // what is there for those without this module goes
    this.token = form.elements.csrfmiddlewaretoken.value;
    this.state = form.querySelector("[data-state]");
    this.ears = form.querySelector("[data-ears]");
    form.addEventListener("input", (event) => this.changed(event.target.type === "text" ? TYPED : 0));
    form.addEventListener("change", () => { if (!this.quiet) this.changed(0); });
    form.addEventListener("submit", (event) => this.submit(event));
    addEventListener("online", () => this.again());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.again(); });
    addEventListener("beforeunload", (event) => { if (this.pending && this.tries) event.preventDefault(); });
    addEventListener("storage", (event) => { if (event.key === `${this.box}:saved`) this.elsewhere(store.get(event.key)); });
    const waiting = store.get(this.box);
    if (waiting && typeof waiting.key === "string") {
      this.fill(waiting.then === undefined ? waiting.value : waiting.then);
      if (waiting.then !== undefined) this.next = {};
      this.pending = waiting;
      this.go();
    }
    // The page before this one was told of a save after this one had been written: the server knows what holds.
    else if (store.get(`${this.box}:saved`)?.revision > this.revision) time?.fetch();
    flush(this.box.slice(0, this.box.lastIndexOf("/") + 1), (place) => this.address.replace(/\/\d+\/save$/, `/${place}/save`), this.token, this.box);
  }

  get value() {
    const told = new FormData(form).getAll("answer").join(); // of several that can be chosen, letters and commas
    return told.trim() === "" ? null : told;
  }

  fill(value) {
    for (const field of form.querySelectorAll("input[name=answer]")) {
      if (field.type === "radio") field.checked = field.value === value;
      else if (field.type === "checkbox") field.checked = !!value?.split(",").includes(field.value);
      else field.value = value ?? "";
    }
    this.quiet = true; // the picture hears it, and nothing is sent
    form.dispatchEvent(new Event("change", { bubbles: true }));
    this.quiet = false;
  }

  /** What stands in the form lies in this browser before anything is sent: a page may be gone the next moment. */
  keep() {
    const value = this.value;
    if (this.pending) store.set(this.box, { ...this.pending, then: value });
    else if (value === this.saved) store.drop(this.box);
    else store.set(this.box, { key: uuid(), base: this.revision, value, who: form.elements.who.value });
    if (!this.pending && value !== this.saved) this.say("saving");
  }

  changed(wait) {
    clearTimeout(this.typing);
    this.keep();
    this.typing = setTimeout(() => this.want(false), wait);
  }

  /** What stands in the form is to be on the server. */
  want(check) {
    clearTimeout(this.typing);
    if (this.pending) { this.next = { check: check || this.next?.check }; if (this.tries) this.again(); return; }
    const value = this.value;
    if (!check && value === this.saved) { if (this.state.dataset.state === "saving") this.say("saved"); return; }
    this.pending = { key: uuid(), base: this.revision, value, check, who: form.elements.who.value };
    store.set(this.box, this.pending);
    this.tries = 0;
    this.go();
  }

  async go() {
    clearTimeout(this.retry);
    clearInterval(this.counting);
    if (this.busy) return;
    this.busy = true;
    if (!this.tries) this.say("saving");
    const told = await send(this.address, this.pending, this.token);
    this.busy = false;
    if (told) this.heard(told); else this.failed();
  }

  failed() {
    let left = WAITS[this.tries] ?? LONG;
    this.tries += 1;
    const tell = () => this.say("unsaved", left);
    tell();
    this.counting = setInterval(() => { left -= 1; if (left > 0) tell(); }, 1000);
    this.retry = setTimeout(() => this.go(), left * 1000);
  }

  again() { if (this.pending && this.tries) this.go(); }

  heard(told) {
    if (told.end !== undefined) time?.told(told);
    const sent = this.pending, often = this.tries;
    if (told.state === "signed-out" || told.state === "full") { this.tries = 1; this.say(told.state); return; }
    this.pending = null;
    this.tries = 0;
    store.drop(this.box);
    if (told.state === "unreadable") { this.say("unreadable", told.sentence); }
    else {
      this.revision = told.revision;
      this.saved = told.value;
      this.since = told.since;
      if (told.state === "conflict") { this.conflict(told, sent); return; }
      store.set(`${this.box}:saved`, { value: told.value, revision: told.revision, since: told.since });
      if (told.state === "checked" || told.state === "decided" || (this.byHand && told.state === "saved")) { again.reload(); return; }
      this.say(told.state);
      if (often) time?.fetch(); // what was said again may have been overtaken by another device
    }
    const next = this.next;
    this.next = null;
    if (next) this.want(next.check);
  }

  /** Another tab, or another device, has saved. */
  elsewhere(told) {
    if (!told || told.revision <= this.revision || this.pending) return;
    const other = told.value !== this.saved;
    Object.assign(this, { revision: told.revision, saved: told.value, since: told.since });
    // A run that is being made is in the address: what is saved is told anew beside it.
    if (this.byHand) { if (other) location.reload(); return; }
    this.fill(told.value);
    this.say("saved");
  }

  /** Nobody is signed in here any more, or somebody else is. */
  out() { if (!this.pending) this.say("signed-out"); }

  conflict(told, sent) {
    this.say("conflict", sent.value);
    this.state.querySelector("[data-keep]")?.addEventListener("click", () => { if (this.byHand) again.reload(); else { this.fill(told.value); this.say("saved"); } });
    this.state.querySelector("[data-insist]")?.addEventListener("click", () => { this.fill(sent.value); this.want(sent.check); });
  }

  /** Show exactly one state: shape and words; those that ask for something are heard too. */
  say(state, more) {
    if (state === "saved" && this.saved === null) state = "left";
    const text = document.querySelector(`template[data-for="${state}"]`);
    if (!text) return;
    if (["saved", "left"].includes(state)) this.mark(state === "saved");
    this.state.dataset.state = state;
    this.state.replaceChildren(text.content.cloneNode(true));
    // A run is too long to be read out.
    const [theirs, mine] = this.byHand ? [this.saved && "another run", more && "this run"] : [this.saved, more];
    const words = { since: this.since, theirs: theirs ?? "nothing", mine: mine ?? "nothing", left: more, sentence: more };
    for (const slot of this.state.querySelectorAll("[data-word]")) slot.textContent = words[slot.dataset.word];
    for (const part of this.state.querySelectorAll("[data-if-saved]")) part.hidden = this.saved === null;
    if (["saving", "saved", "left"].includes(state)) this.heardLast = this.ears.textContent = "";
    else if (this.heardLast !== state) { this.heardLast = state; this.ears.textContent = this.state.textContent.replace(/\s+/g, " ").trim(); }
  }

  /** On the scale of questions, as the server draws it. */
  mark(isSaved) {
    const here = document.querySelector(".scale .is-here"), sign = document.querySelector(`template[data-sign=${isSaved ? "saved" : "blank"}]`);
    if (!here || !sign) return;
    here.classList.toggle("is-saved", isSaved);
    here.querySelector("svg").replaceWith(sign.content.querySelector("svg").cloneNode(true));
    here.querySelector(".for-ears").textContent = isSaved ? ", saved" : ", nothing saved";
  }

  submit(event) {
    const by = event.submitter;
    if (!["check", "save", "blank"].includes(by?.name)) return;
    event.preventDefault();
    if (by.name === "blank") this.fill(null);
    this.want(by.name === "check");
  }

}

/** Sends what other questions of this attempt, or an earlier page, could not; the places of those that still wait. */
async function flush(attempt, address, token, except) {
  const waiting = [];
  for (const key of store.all()) {
    const place = key.slice(attempt.length);
    let change = store.get(key);
    if (!key.startsWith(attempt) || key === except || !/^\d+$/.test(place) || !change) continue;
    while (change) {
      const told = await send(address(place), change, token);
      // What contradicts another device is asked on its own page.
      if (!told || ["signed-out", "conflict"].includes(told.state)) { waiting.push(place); break; }
      change = after(change, told);
      if (change) store.set(key, change); else store.drop(key);
    }
  }
  return waiting;
}

/** Before one hands in: what waits in this browser goes out, and the page says what is left. */
async function ending(page) {
  const waits = store.all().filter((key) => key.startsWith(page.dataset.box) && /^\d+$/.test(key.slice(page.dataset.box.length)));
  if (!waits.length) return;
  const button = page.querySelector("button"), said = page.querySelector("[data-waiting]");
  said.hidden = false;
  button.disabled = true;
  const left = await flush(page.dataset.box, (place) => page.dataset.save.replace("/0/save", `/${place}/save`), page.elements.csrfmiddlewaretoken.value);
  button.disabled = false;
  if (!left.length) { location.reload(); return; }
  said.textContent = `Not on the server yet: your answer to question ${left.join(", ")}. Open it before you hand in.`;
}

/** The page once more, with the focus on what has been said of an answer. */
const again = {
  key: "orrery-answer:told",
  reload() { try { sessionStorage.setItem(this.key, "1"); } catch { /* then the focus is at the top */ } location.reload(); },
  arrive() {
    try {
      if (sessionStorage.getItem(this.key)) (document.querySelector(".asked-form .said") ?? document.querySelector("[data-by-hand] .state"))?.focus({ preventScroll: true });
      sessionStorage.removeItem(this.key);
    } catch { /* as above */ }
  },
};

/** What is left, by the server's clock and a counter of this machine that nobody can set. */
class Time {
  constructor() {
    this.ears = document.querySelector("[data-clock-ears]");
    this.warned = new Set();
    this.told({ now: clock.dataset.now, end: clock.dataset.end || null });
    this.ask = setInterval(() => this.fetch(), ASK);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.fetch(); });
    setInterval(() => this.show(), 500);
    this.show();
  }

  async fetch() {
    try {
      const place = form ? `?place=${form.dataset.box.split("/")[1]}&who=${form.elements.who.value}` : "";
      const response = await fetch(clock.dataset.clock + place, { signal: AbortSignal.timeout(PATIENCE), credentials: "same-origin" });
      if ([401, 404].includes(response.status)) answer?.out();
      if (!response.ok) return;
      const told = await response.json();
      this.told(told);
      answer?.elsewhere(told.answer);
      if (told.over && !this.over) location.reload();
      this.over ||= told.over;
    } catch { /* the last that it said goes on */ }
  }

  told({ now, end }) {
    const moved = this.end !== undefined && end && this.end && Date.parse(end) > this.end;
    this.end = end ? Date.parse(end) : null;
    this.at = Date.parse(now) - performance.now();
    if (moved) { this.warned.clear(); if (form) form.inert = false; this.over = false; }
    this.show();
  }

  get left() { return this.end === null ? Infinity : Math.max(0, Math.ceil((this.end - this.at - performance.now()) / 1000)); }

  show() {
    const left = this.left, field = clock.querySelector("[data-left]");
    if (left === Infinity || !field) return;
    const days = Math.floor(left / 86_400), hours = Math.floor(left / 3600), minutes = Math.floor(left / 60) % 60, two = (number) => String(number).padStart(2, "0");
    const text = days ? `${days.toLocaleString("en-GB")} day${days > 1 ? "s" : ""}` : hours ? `${hours}:${two(minutes)}:${two(left % 60)}` : `${minutes}:${two(left % 60)}`;
    if (field.textContent !== text) field.textContent = text;
    for (const minute of [1, 5]) {
      if (left > minute * 60 || !left) continue;
      if (!this.warned.has(minute) && !(minute === 5 && this.warned.has(1))) {
        this.ears.textContent = `${minute === 1 ? "One minute" : "Five minutes"} left. What is saved then counts.`;
        this.ears.hidden = false;
      }
      this.warned.add(minute);
    }
    if (!left && !this.up) {
      this.up = true;
      if (!answer?.byHand) answer?.want(false); // what has been typed and not sent yet: a little time is given for the line
      this.ears.replaceChildren(document.querySelector("template[data-for=up]").content.cloneNode(true));
      this.ears.hidden = false;
      if (form) form.inert = true;
      setTimeout(() => { if (!this.left) this.fetch(); }, 16_000);
    }
    if (left) this.up = false;
  }
}

let time = null, answer = null;
again.arrive();
if (clock) time = new Time();
if (form) answer = new Answer();
const end = document.querySelector("form[data-ending]");
if (end) ending(end);
