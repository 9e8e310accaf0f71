/* A room that votes. A page asks every second or two whether it is another by now, and takes what is new from the
   server; so a phone that slept, was reloaded or came late has what the others have. A vote is sent as it is chosen.
   On the screen in front votes lie at the things of the picture, Space goes on, and B blanks. */

import { pickIn } from "./pick.js";

const SVG = "http://www.w3.org/2000/svg";
const LONG = 60, THICK = 8, GAP = 4, WORDS = 9; // units of a picture: the longest bar; each; from the thing; to the words
const AROUND = 120, APART = 22; // units that things are apart at least which lie around a middle; degrees between their bars
const WAIT = 5000; // ms after which an answer comes no more

const root = () => document.querySelector("[data-live]");

const make = (tag, attributes, parent) => {
  const made = document.createElementNS(SVG, tag);
  for (const name in attributes) made.setAttribute(name, attributes[name]);
  return parent.appendChild(made);
};

const got = (address, init = {}) => fetch(address, { ...init, signal: AbortSignal.timeout(WAIT) });

function reachable(is) {
  const said = root().querySelector("[data-off]");
  if (said) said.hidden = is;
}

/** The page as the server has it now. */
async function renewed(response) {
  const page = new DOMParser().parseFromString(await response.text(), "text/html"), fresh = page.querySelector("[data-live]");
  if (!fresh) { location.reload(); return; } // the room is gone
  root().replaceWith(fresh);
  document.title = page.title;
  pickIn(fresh);
  tally();
  fresh.querySelector("h1")?.focus({ preventScroll: true });
}

async function look() {
  const { live, revision } = root().dataset;
  try {
    const response = await got(`${live}?revision=${revision}`);
    reachable(response.ok);
    if (response.status === 404) { location.reload(); return; }
    if (response.status !== 200) return;
    const told = await response.json(), votes = root().querySelector("[data-votes]");
    if (votes && told.votes) votes.textContent = told.votes;
    if (String(told.revision) !== root().dataset.revision) await renewed(await got(location.href));
  } catch { reachable(false); }
}

async function poll() {
  if (!document.hidden) await look();
  setTimeout(poll, Number(root()?.dataset.every ?? 2000));
}
document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });

/** Sends a vote, and says that it has arrived, or that it has not. */
async function vote(form) {
  const said = form.querySelector("[data-said]");
  said.classList.remove("trouble");
  said.textContent = "Sending …";
  try {
    const response = await got(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const page = new DOMParser().parseFromString(await response.text(), "text/html"), fresh = page.querySelector("[data-live]");
    if (fresh && fresh.dataset.revision !== root().dataset.revision) { await look(); return; }
    const error = page.querySelector(".asked-form .error"), arrived = page.querySelector("[data-said]");
    said.classList.toggle("trouble", Boolean(error) || !response.ok);
    said.replaceChildren(...(error ? [error.textContent] : arrived ? arrived.childNodes : ["Your vote has not arrived. Choose once more."]));
  } catch {
    said.classList.add("trouble");
    said.textContent = "Your vote has not arrived. Choose once more.";
  }
}
document.addEventListener("change", ({ target }) => { const form = target.closest("[data-vote]"); if (form && target.type === "radio") vote(form); });
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-vote]");
  if (!form) return;
  event.preventDefault();
  vote(form);
});

/** Where things are in units of their picture: middle, and half their width. */
function place(svg, thing) {
  const own = thing.getBBox(), to = svg.getScreenCTM().inverse().multiply(thing.getScreenCTM());
  const { x, y } = new DOMPoint(own.x + own.width / 2, own.y + own.height / 2).matrixTransform(to);
  return { x, y, half: own.width / 2 };
}

/** Which way each bar points, in degrees: away from the middle of things that lie around it, with room between; beside
    things that stand under each other, to the right. */
function turns(things) {
  const spread = (name) => Math.max(...things.map((one) => one[name])) - Math.min(...things.map((one) => one[name]));
  if (things.length < 3 || spread("x") < AROUND || spread("y") < AROUND) return things.map(() => 0);
  const mean = (name) => things.reduce((sum, one) => sum + one[name], 0) / things.length, [x, y] = [mean("x"), mean("y")];
  const order = things.map((one, at) => ({ at, turn: Math.atan2(one.y - y, one.x - x) * 180 / Math.PI })).sort((one, other) => one.turn - other.turn);
  for (let again = 0; again < 20; again++) {
    for (let at = 1; at < order.length; at++) {
      const near = APART - (order[at].turn - order[at - 1].turn);
      if (near > 0) { order[at].turn += near / 2; order[at - 1].turn -= near / 2; }
    }
  }
  return order.sort((one, other) => one.at - other.at).map(({ turn }) => turn);
}

/** Votes at the things that they are for. */
function tally() {
  for (const old of document.querySelectorAll(".tallied")) old.remove();
  const svg = [...document.querySelectorAll(".screen svg.picture")].find((one) => one.getClientRects().length);
  const rows = [...document.querySelectorAll(".tally tr")].map(({ dataset }) => [dataset.value, dataset.counts.split(" ").map(Number)]);
  if (!svg || !rows.length) return;
  const most = Math.max(1, ...rows.flatMap(([, counts]) => counts)), layer = make("g", { class: "tallied", "aria-hidden": "true" }, svg);
  const found = rows.map(([value, counts]) => ({ counts, thing: svg.querySelector(`[data-pick="${CSS.escape(value)}"]`) })).filter(({ thing }) => thing).map((one) => ({ ...one, ...place(svg, one.thing) }));
  turns(found).forEach((turn, at) => {
    const { x, y, half, counts } = found[at];
    if (!counts.some(Boolean)) return;
    const bars = make("g", { transform: `translate(${x} ${y}) rotate(${turn})` }, layer), from = half + GAP;
    counts.forEach((count, ballot) => make("rect", { class: `ballot-${ballot + 1}`, x: from, y: THICK * (ballot - counts.length / 2), width: Math.max(1.5, LONG * count / most), height: THICK }, bars));
    const far = from + LONG * Math.max(...counts) / most + WORDS, angle = turn * Math.PI / 180;
    make("text", { x: x + far * Math.cos(angle), y: y + far * Math.sin(angle) + 4.5, "text-anchor": Math.abs(turn) < 60 ? "start" : Math.abs(turn) > 120 ? "end" : "middle" }, layer).textContent = counts.join(" → ");
  });
}
document.addEventListener("orrery:ready", tally);
addEventListener("resize", tally);

document.addEventListener("keydown", (event) => {
  const form = document.querySelector("[data-on]");
  if (!form || event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select, button, a")) return;
  if (event.key === " ") form.requestSubmit(form.querySelector(".main"));
  else if (event.key.toLowerCase() === "b") document.body.classList.toggle("blank");
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);

tally();
poll();
