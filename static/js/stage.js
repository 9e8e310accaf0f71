/* What a page keeps of its players: what was opened stays open, through acts and for this tab; and for the keyboard its
   rows are one stop each, with the arrows inside. */

const KEY = "orrery:folds", MOST = 100;

function kept() {
  try { return JSON.parse(sessionStorage.getItem(KEY)) ?? []; } catch { return []; }
}

/** The name of a part that opens, among all of this site. */
function name(fold) {
  const players = [...document.querySelectorAll("orrery-player")];
  return `${location.pathname} ${players.indexOf(fold.closest("orrery-player"))} ${fold.dataset.fold}`;
}

// A stage is five stops: its things, play, slider, verbs, words. The arrows step, so the links that step are no stops.
const ROWS = [".actions > form > button, .verb > summary", ".sides > summary, .words > details > summary, .words > .sound, .words .back a"];
const NO_STOPS = ".buttons a, .jump input[type=number], .jump button, .speed select";

const row = (player, parts) => [...player.querySelectorAll(parts)].filter((one) => one.checkVisibility());

function stops(player) {
  for (const one of player.querySelectorAll(NO_STOPS)) one.tabIndex = -1;
  player.querySelector("[data-go=play]").setAttribute("aria-description", "Arrow down: to a step. Arrow up: how fast.");
  for (const parts of ROWS) {
    const all = row(player, parts), now = all.find((one) => one === document.activeElement) ?? all.find((one) => one.matches("[tabindex='0']")) ?? all[0];
    for (const one of all) one.tabIndex = one === now ? 0 : -1;
  }
}

document.addEventListener("keydown", (event) => {
  const player = event.target.closest("orrery-player:not([embedded])"), parts = ROWS.find((one) => event.target.matches(one));
  if (!player || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target.matches("[data-go=play]")) {
    const to = { ArrowDown: ".jump input[type=number]", ArrowUp: ".speed select" }[event.key];
    if (!to) return;
    player.querySelector(to).focus();
  } else if (parts) {
    const all = row(player, parts), place = all.indexOf(event.target);
    const to = { ArrowLeft: place - 1, ArrowRight: place + 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    all.at(to % all.length).focus();
    stops(player);
  } else return;
  event.preventDefault();
  event.stopPropagation();
}, true);

/** What is open on this page now. */
function save() {
  const folds = [...document.querySelectorAll("orrery-player [data-fold]")], here = folds.map(name);
  const names = [...kept().filter((one) => !here.includes(one)), ...here.filter((_, place) => folds[place].open)];
  try { sessionStorage.setItem(KEY, JSON.stringify(names.slice(-MOST))); } catch { /* until the page is left */ }
}
addEventListener("pagehide", save);

/** As it was left. */
function restore() {
  const names = kept();
  for (const fold of document.querySelectorAll("orrery-player [data-fold]")) {
    // Of the verbs one is open: where one was refused, that one, with the sentence in it.
    if (!fold.matches("orrery-player[refused] .verb")) fold.open ||= names.includes(name(fold));
  }
  for (const player of document.querySelectorAll("orrery-player:not([embedded])")) stops(player);
}

/** What a field shows and what has run are equal, or it is said that they are not. */
function unrun(form) {
  const changed = [...form.querySelectorAll("select, input:not([type=hidden])")].some((field) => field.options ? [...field.options].some((one) => one.selected !== one.defaultSelected) : field.value !== field.defaultValue);
  form.querySelector(".unrun").textContent = changed ? "Not yet run: the picture is of what ran before." : "";
  form.closest(".setup")?.toggleAttribute("data-unrun", changed);
}
document.addEventListener("input", ({ target }) => {
  const form = target.closest(".inputs form:has(.unrun)");
  if (form) unrun(form);
});

/** What was refused is heard; the focus goes to the first field that is wrong, and its sentence belongs to it. */
function refused(player) {
  const sentence = player?.querySelector(".actions .error, .words .error");
  if (!sentence) return;
  player.querySelector(".messages").append(Object.assign(document.createElement("p"), { className: "for-ears", textContent: sentence.textContent }));
  for (const [place, field] of [...player.querySelectorAll("[aria-invalid=true]")].entries()) {
    const error = field.closest("label")?.querySelector(".error");
    if (error) field.setAttribute("aria-describedby", error.id ||= `error-${crypto.randomUUID?.() ?? performance.now()}`);
    if (!place && !player.handled) field.focus();
  }
}

/** What somebody has opened is in the window; what a verb asks first has the focus, but for a finger, that would get a keyboard. */
function opened(fold) {
  if (!fold.open || document.activeElement?.parentElement !== fold) return;
  fold.lastElementChild.scrollIntoView({ block: "nearest" });
  if (fold.matches(".verb") && matchMedia("(pointer: fine)").matches) fold.querySelector("select, input:not([type=hidden])")?.focus();
}

document.addEventListener("toggle", ({ target }) => {
  if (!target.matches("orrery-player [data-fold]")) return;
  opened(target);
  save();
}, true);
// What was undone by a link that is gone leaves the focus at the picture, not at the next link. An act drops what comes
// after it; undone, that is there again: the run goes back to what it was, at the step where it was.
let undone = null, before = null;
const was = new Map();
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-undo]"), old = was.get(link?.getAttribute("href"));
  undone = link?.closest("orrery-player");
  if (!old || !window.htmx || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  window.htmx.ajax("GET", old, { target: undone, swap: "outerMorph" });
}, true);
document.addEventListener("htmx:before:request", ({ detail }) => {
  const source = detail?.ctx?.sourceElement, player = source?.sentFrom ? source : source?.closest(".actions form")?.closest("orrery-player");
  before = player?.trace ? player.sentFrom ?? player.asked(player.step) : null;
});
document.addEventListener("htmx:after:swap", (event) => {
  restore();
  undone?.querySelector(".stage")?.focus({ preventScroll: true });
  const link = !undone && before && event.detail?.ctx?.sourceElement?.closest("orrery-player:not([refused])")?.querySelector("[data-undo]");
  if (link) was.set(link.getAttribute("href"), before);
  undone = before = null;
  for (const form of document.querySelectorAll(".inputs form:has(.unrun)")) unrun(form);
  refused(event.detail?.ctx?.sourceElement?.closest("orrery-player[refused]"));
});
restore();
