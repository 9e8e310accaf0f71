/* An act shows at once. Its run is asked for first, and of it the steps after the one that it is done at: what was before is
   there. The forms, the list of steps and the addresses follow, as they would come without this. */

import { expand } from "./picture.js";

const under = new WeakSet(), due = new WeakMap();

/** A run of which only the steps from `first` on have come, with those before as they were told. */
function joined(trace, old) {
  const steps = old.steps.slice(0, trace.first), files = steps.length ? old.files : [];
  for (const { line } of trace.steps) if (line) line[0] += files.length;
  return { ...trace, files: [...files, ...trace.files], steps: [...steps, ...trace.steps] };
}

/** Shows where an act leads, while the rest of the player is still that of the run before. */
function ahead(player, trace) {
  player.pause();
  player.ahead = true;
  const of = (address) => `${address.split("?")[0]}${trace.query && `?${trace.query}`}`, here = of(player.getAttribute("trace"));
  player.take(joined(trace, player.trace), here, trace.first);
  for (const name of ["trace", "page", "fragment"]) player.setAttribute(name, of(player.getAttribute(name)));
  player.acted = undefined;
  const to = Math.min(trace.step, player.last);
  player.unfold(player.still ? to : Math.min(trace.from ?? to, to), to, true);
}

/** The page has followed; or it has not, for the site does not answer: then it does before anything else is done. */
function met(player) {
  player.sentFrom = null;
  if (!player.ahead) return;
  player.ahead = false;
  player.behind = player.hasAttribute("at"); // a page that has come knows of no step that is shown
  if (player.behind) return;
  player.removeAttribute("from");
  player.adopt();
  player.freshForms();
  // A picture that has come with it is drawn like the others; what plays goes on.
  const { trace, first } = player, steps = trace.steps.slice(first);
  for (const picture of player.pictures) {
    const place = Number(picture.svg.dataset.scene);
    if (picture.states || !picture.svg.closest(".beside")) continue;
    picture.load(trace.pictures[place], [...Array(first), ...expand(steps, place)]);
    picture.set(player.step);
  }
  player.tell(true);
  player.dispatchEvent(new CustomEvent("orrery:ready", { bubbles: true }));
}

const forms = (player, address) => window.htmx.ajax("GET", address, { target: player, swap: "outerMorph" });

async function act(player, form, values) {
  const { trace } = player, address = player.getAttribute("trace"), layout = player.layout();
  player.sentFrom = player.asked(player.step);
  const after = `&after=${player.step}`, found = await player.fetched(`${address.split("?")[0]}?${values}${after}`, layout).catch(() => null);
  // Who has gone to another run meanwhile, or turned the phone, gets it all at once.
  const taken = found?.format === trace.format && trace === player.trace && address === player.getAttribute("trace") && layout === player.layout();
  if (taken) ahead(player, found);
  await forms(player, `${form.getAttribute("hx-get")}?${values}${taken ? after : ""}`);
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest(".actions form[data-verb][hx-get]"), player = form?.closest("orrery-player");
  if (!player?.trace || !window.htmx) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const values = new URLSearchParams(new FormData(form, event.submitter));
  // The next one is done in the run that this one makes.
  if (under.has(player) || player.behind) due.set(player, [form.dataset.verb, values]);
  if (under.has(player)) return;
  under.add(player);
  player.ahead ||= player.behind;
  await (player.behind ? forms(player, player.asked(player.step)) : act(player, form, values)).catch(() => {});
  under.delete(player);
  met(player);
  if (player.behind) { due.delete(player); return; }
  const [verb, given] = due.get(player) ?? [], next = player.querySelector(`.actions form[data-verb="${verb}"]`);
  due.delete(player);
  if (!next || player.hasAttribute("refused")) return;
  for (const [name, value] of given) if (name.startsWith("act.") && next.elements[name]) next.elements[name].value = value;
  next.requestSubmit();
}, true);
