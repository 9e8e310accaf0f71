/* Practice. The server makes a question of its address; which one comes next, and what has been practised, is known
   to this browser alone, in one entry of its storage. */

import { pickIn } from "./pick.js";

const KEY = "orrery:practice", SEEN = "orrery:practice-seen";
const DAY = 864e5, DAYS = [1, 3, 7, 21], LAST = 10, MOST = 200, MANY = 4000;

// Spacing: of each kind of question its rung among DAYS, when it is due, and how often in a row it was right.

/** A kind after an answer. A wrong one comes back after a day; a right one, when it was due, moves on a rung. */
export function after(one, right, now) {
  const { rung, due, streak } = one ?? { rung: -1, due: 0, streak: 0 };
  if (!right) return { rung: 0, due: now + DAY, streak: 0 };
  const up = rung >= 0 && due <= now ? rung + 1 : rung;
  const done = up >= DAYS.length;
  return { rung: done ? -1 : up, due: done ? 0 : up === rung ? due : now + DAYS[up] * DAY, streak: streak + 1 };
}

/** How often a kind is drawn: four times as often when it is due, half as often for each time it was right. */
export const weight = (one, now) => !one ? 1 : one.rung >= 0 && one.due <= now ? 4 : 1 / 2 ** Math.min(one.streak, 3);

/** One of the kinds. `random` is at least 0 and less than 1. */
export function drawn(kinds, known, now, random) {
  const weights = kinds.map((kind) => weight(known[kind], now));
  let left = random * weights.reduce((sum, one) => sum + one, 0);
  return kinds.find((kind, place) => (left -= weights[place]) < 0) ?? kinds.at(-1);
}

/** What was kept, as far as it makes sense. */
export function sane(kept) {
  const object = (one) => one && typeof one === "object" && !Array.isArray(one) ? one : {};
  const list = (one, type) => Array.isArray(one) ? one.filter((item) => typeof item === type) : [];
  const told = object(kept), kinds = Object.entries(object(told.kinds)).filter(([, one]) => ["rung", "due", "streak"].every((name) => Number.isFinite(one?.[name])));
  return {
    version: 1,
    kinds: Object.fromEntries(kinds.slice(-MOST)),
    last: list(told.last, "boolean").slice(-LAST),
    answered: list(told.answered, "string").slice(-MOST),
    from: Array.isArray(told.from) ? list(told.from, "string").slice(0, MOST) : null,
  };
}

const read = (store, key) => { try { return JSON.parse(store().getItem(key)); } catch { return null; } };
const write = (store, key, value) => { try { store().setItem(key, JSON.stringify(value)); } catch { /* it holds for this page */ } };
const local = () => localStorage, session = () => sessionStorage;

const page = document.querySelector(".practise"), place = document.getElementById("practice");
const find = (selector) => page.querySelector(selector);
const chips = [...page.querySelectorAll(".chip input")];
let told = sane(read(local, KEY));
const seen = new Set([read(session, SEEN)].flat());

const keep = () => write(local, KEY, told);
const note = (name) => { seen.add(name); write(session, SEEN, [...seen].slice(-MANY)); };

/** 53 random bits. */
function seed() {
  const [high, low] = crypto.getRandomValues(new Uint32Array(2));
  return (high >>> 11) * 2 ** 32 + low;
}

/** The address of a question that this session has not had. */
function next() {
  const now = asked()?.dataset.kind;
  let kinds = chips.filter((chip) => chip.checked).flatMap((chip) => chip.dataset.kinds.split(" "));
  if (!kinds.length) kinds = now ? [now] : chips.flatMap((chip) => chip.dataset.kinds.split(" "));
  const others = kinds.filter((kind) => kind !== now);
  const kind = drawn(others.length ? others : kinds, told.kinds, Date.now(), seed() / 2 ** 53);
  let one = seed();
  for (let tries = 0; seen.has(`${kind}?${one}`) && tries < 100; tries++) one = seed();
  return `${page.dataset.home}${kind}/?seed=${one}`;
}

const asked = () => place.querySelector(".asked");

/** What a question looks like: two seeds may differ in what nobody sees, and would be the same question again. */
function look(question) {
  const picture = question.querySelector("svg.wide");
  let hash = 0;
  for (const sign of question.querySelector("h2").textContent + (picture ? new XMLSerializer().serializeToString(picture) : "")) hash = (Math.imul(hash, 31) + sign.codePointAt(0)) | 0;
  return `${question.dataset.kind}#${hash}`;
}

/** Another question, which this session has not had and which does not look like one that it had. */
const another = (options) => go(next(), { ...options, fresh: true });

let turns = 0;

/** Puts the question of an address, or its review, in the place of the one that is shown; of several the last. */
async function go(address, { keepAddress = false, replace = false, fresh: isNew = false, tries = 0 } = {}) {
  const turn = ++turns;
  let response, fresh;
  try {
    response = await fetch(address);
    if (response.status === 503) { // others come first: once more when the server says
      await new Promise((done) => setTimeout(done, 1000 * (Number(response.headers.get("Retry-After")) || 2)));
      response = await fetch(address);
    }
    fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  } catch { /* offline */ }
  if (turn !== turns) return false;
  const question = fresh?.querySelector(".asked");
  if (!question) {
    const trouble = document.getElementById("trouble"), close = Object.assign(document.createElement("button"), { textContent: "Close" });
    close.dataset.dismiss = "";
    trouble.replaceChildren(trouble.dataset.offline, close);
    return false;
  }
  // A few seeds make no question: of a new one nobody needs to know.
  if (isNew && tries < 5 && (response.status === 404 || seen.has(look(question)))) return another({ replace, tries: tries + 1 });
  place.replaceChildren(document.adoptNode(question));
  document.title = fresh.title;
  if (!keepAddress) history[replace ? "replaceState" : "pushState"](null, "", response.url);
  shown();
  if (!replace) (place.querySelector("[aria-invalid], .said") ?? place.querySelector("h2")).focus();
  return true;
}

/** A question has come into the page. */
function shown() {
  const { kind, seed: number } = asked()?.dataset ?? {};
  if (kind) note(`${kind}?${number}`);
  if (kind && !asked().dataset.right) note(look(asked()));
  pickIn(place);
  find(".practice-keys").hidden = !kind;
  find(".begin").hidden = true; // *Another* does it
}

async function answer(form) {
  if (!await go(`${form.action}?${new URLSearchParams(new FormData(form))}`)) return;
  const { kind, seed: number, right } = asked().dataset, name = `${kind}?${number}`;
  if (!right || told.answered.includes(name)) return; // only the first answer to a question counts
  told = sane(read(local, KEY) ?? told); // another tab may have practised too
  told.kinds[kind] = after(told.kinds[kind], right === "yes", Date.now());
  told.last.push(right === "yes");
  told.answered.push(name);
  told = sane(told);
  keep();
  lately();
}

function lately() {
  const marks = told.last.map((right) => {
    const made = document.createElement("li"), words = document.createElement("span");
    made.className = right ? "right" : "wrong";
    words.className = "for-ears";
    words.textContent = right ? "right" : "wrong";
    made.append(words);
    return made;
  });
  find(".lately").hidden = !marks.length;
  find(".lately ol").replaceChildren(...marks);
  find(".lately p").textContent = `${told.last.filter((right) => right).length} of the last ${marks.length}`;
}

/** The chips: what was chosen here, else the lessons that were read, else those that the page begins with. */
function choose() {
  const places = read(local, "orrery:places") ?? {}, wasRead = (chip) => Object.hasOwn(places, chip.value);
  const begun = chips.some(wasRead), more = find("[data-unread]");
  if (told.from || begun) for (const chip of chips) chip.checked = told.from ? told.from.includes(chip.value) : wasRead(chip);
  const unread = chips.filter((chip) => !wasRead(chip) && !chip.checked);
  for (const chip of unread) chip.parentNode.hidden = true;
  more.hidden = !unread.length;
  more.textContent = `${unread.length} ${unread.length === 1 ? "lesson" : "lessons"} you have not read yet`;
  more.addEventListener("click", () => {
    for (const chip of unread) chip.parentNode.hidden = false;
    more.hidden = true;
    unread[0].focus();
  });
  find(".chips").addEventListener("change", () => { told.from = chips.filter((chip) => chip.checked).map((chip) => chip.value); keep(); });
}

page.addEventListener("click", (event) => {
  const plain = !event.metaKey && !event.ctrlKey && !event.shiftKey;
  if (event.target.closest("[data-another]") && plain) { event.preventDefault(); another(); }
  if (event.target.closest("[data-export]")) {
    const file = URL.createObjectURL(new Blob([JSON.stringify(told, null, 1)], { type: "application/json" }));
    Object.assign(document.createElement("a"), { href: file, download: "orrery-practice.json" }).click();
    setTimeout(() => URL.revokeObjectURL(file), 1000);
  }
  if (event.target.closest("[data-forget]")) find("dialog").showModal();
});
page.addEventListener("submit", (event) => {
  const asks = event.target.closest(".asked-form"), begins = event.target.closest(".chips");
  if (asks || begins) event.preventDefault();
  if (asks) answer(asks);
  if (begins) another();
});
find("dialog").addEventListener("close", (event) => {
  if (event.target.returnValue !== "forget") return;
  try { localStorage.removeItem(KEY); } catch { /* nothing was kept */ }
  told = sane(null);
  lately();
});
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input:not([type=radio], [type=checkbox], [type=range]), select, textarea, dialog")) return;
  if (event.key === "n" || event.key === "N") (find("[data-another]") ?? find(".begin")).click();
  const radio = /^[1-9]$/.test(event.key) && place.querySelectorAll("input[type=radio]")[event.key - 1];
  if (radio) { radio.checked = true; radio.form.requestSubmit(); }
});
addEventListener("popstate", () => { if (location.pathname !== page.dataset.home) go(location.href, { keepAddress: true }); else location.reload(); });

choose();
lately();
find(".yours").hidden = false;
if (asked()) shown(); else another({ replace: true });
