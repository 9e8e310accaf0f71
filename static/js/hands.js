/* Hands: what a verb can be done to is touched in the picture.

   The forms of a player say which things they take (data-on: what the keys of these things begin with). A click, a
   tap or Enter on such a thing opens a small menu with its verbs; choosing one fills in the form and sends it. What
   stands for a value of an input is pressed instead: the same acts are done with it, and the same step is shown. So a
   click is a form that somebody else has filled in, and nothing can be done here that the forms cannot do. */

const NEAR = 22; // px: a tap beside a small thing takes it
const SAMPLES = 60; // of a line, to find out how far from it a tap is
export const kind = (thing) => thing.dataset.key.split(/[:/]/)[0];
/** What the key of a thing says after its kind; of what is there once (`clients`), nothing. */
const value = (thing) => thing.dataset.pick ?? /^[^:/]*:(.*)$/.exec(thing.dataset.key)?.[1] ?? "";

/** A name out of a key, where ":" and "/" of a name are written so (playground/scenes/names.py). */
const unescaped = (text) => text.replace(/~(2F|3A|7E)/gi, (_, byte) => String.fromCharCode(parseInt(byte, 16)));

/** What a thing may be called in a field: its value, without the name of its part, and both as names. */
function spellings(thing) {
  const whole = value(thing), own = whole.replace(/\/[^/]*$/, "");
  return [whole, unescaped(whole), own, unescaped(own)];
}

/** What a thing is called: by its picture, or by the word that stands in it; what is there once, by its verbs. */
function said(thing, found) {
  const own = thing.dataset.hand === "stop" && thing.hasAttribute("data-named") ? "" : thing.getAttribute("aria-label");
  const beside = thing.parentNode?.querySelector(`:scope > text[data-key="${CSS.escape(`${thing.dataset.key.split("/")[0]}/name`)}"]`);
  const word = value(thing) && (own || thing.dataset.pick || (thing.localName === "text" && thing.textContent) || beside?.textContent || spellings(thing).at(-1));
  return (word || found.map(({ form }) => form.dataset.short).join(", ")).split(", ").slice(0, word ? 1 : 9).join(", ");
}

/** A line of which nothing is drawn cannot be touched. */
const empty = (mark) => mark.localName === "path" && /^M[-\d. ]*$/.test(mark.getAttribute("d") ?? "");

/** How a field spells the thing; undefined where the thing is no value of it. */
export function spelled(field, thing) {
  const found = spellings(thing).find((text) => {
    if (!text) return false;
    if (field.dataset.begins) return field.dataset.begins.split(" ").includes(text);
    if (field.options) return [...field.options].some((option) => option.value === text);
    return field.inputMode !== "numeric" || /^\d+$/.test(text);
  });
  return found && found + (field.dataset.adds ?? "");
}

/** Which forms, and which of their fields, take things whose keys begin so: by that beginning. */
function takers(player) {
  const found = new Map();
  const note = (on, taker) => {
    for (const one of on ? on.split(" ") : []) found.set(one, [...found.get(one) ?? [], taker]);
  };
  for (const form of player.querySelectorAll(":is(.actions, .inputs) form")) {
    for (const field of form.elements) note(field.dataset.on, { form, field });
    note(form.dataset.on, { form });
  }
  return found;
}

/** Other arguments that a thing stands for, `node:c`: a client asks where it stands. */
const fills = (thing) => (thing.dataset.fills?.split(" ") ?? []).map((one) => one.split(":")).map(([name, text]) => [`act.${name}`, text]);

/** The verbs that a thing takes now: the form of each, the field that names the thing, and how. */
function verbs(thing, takes) {
  const key = thing.dataset.key ?? "", found = [];
  for (const taker of [...takes.get(kind(thing)) ?? [], ...(key.includes(":") ? takes.get(key.split("/")[0]) ?? [] : [])]) {
    const text = taker.field && spelled(taker.field, thing);
    // An input stands in one form or in two, which do the same.
    if (taker.field && text === undefined || found.some((one) => one.form === taker.form || !taker.form.dataset.verb)) continue;
    found.push({ ...taker, text, also: fills(thing) });
  }
  return found;
}

let eras = new WeakMap();

/** What is known of the marks of a player for as long as its forms are the same. */
export function known(player) {
  const forms = player.querySelector(".actions") ?? player;
  if (!eras.has(forms)) eras.set(forms, { takes: takers(player), marks: new WeakMap() });
  return eras.get(forms);
}

/** What a mark takes, and what it stands for. */
function taken(mark, { takes, marks }) {
  if (!marks.has(mark)) {
    const found = verbs(mark, takes);
    marks.set(mark, { found, means: meaning(found) });
  }
  return empty(mark) ? { found: [], means: "" } : marks.get(mark);
}

/** What a thing stands for: marks that take the same verbs in the same way are one stop for the keyboard. */
const meaning = (found) => found.map(({ form, field, text }) => `${form.dataset.verb ?? field.name}:${text ?? ""}`).join(" ");

const shown = (player) => player.pictures.map(({ svg }) => svg).filter((svg) => svg.getClientRects().length);

/** Things that are acted on, as one reads: what the keyboard walks through. */
function things(player) {
  const places = shown(player).flatMap((svg, number) => [...svg.querySelectorAll(":scope > [data-hand=stop]")].map((mark) => {
    const { left, top, height } = mark.getBoundingClientRect();
    return { mark, number, line: Math.round((top + height / 2) / 24), left };
  }));
  return places.sort((a, b) => a.number - b.number || a.line - b.line || a.left - b.left).map(({ mark }) => mark);
}

const CONTROL = ["role", "tabindex", "aria-haspopup", "aria-pressed"];

function mend(mark, name, text) {
  if (mark.getAttribute(name) !== text) mark.setAttribute(name, text);
}

/** Says of every mark whether it can be acted on. The keyboard stops once at a player; arrows go on from there. */
function offer(player) {
  if (!player.trace || player.classList.contains("asking")) return;
  // All that are drawn, in view or not: to ask which are would lay out the page for every step.
  const drawn = player.pictures.filter(({ states }) => states).map(({ svg }) => svg);
  const era = known(player), order = [...era.takes.keys()];
  const marks = drawn.flatMap((svg) => [...svg.querySelectorAll(":scope > [data-key]")]), all = new Map(marks.map((mark) => [mark, taken(mark, era)]));
  // Of the marks of one thing the keyboard stops at one of the first picture, a shape before a line, what its verb names first.
  const rank = (mark) => order.indexOf(kind(mark)) + (mark.localName === "path" ? 1e3 : 0) + (mark.ownerSVGElement.dataset.scene > 0 ? 1e6 : 0), best = new Map();
  for (const [mark, { means }] of all) if (means && (!best.has(means) || rank(mark) < rank(best.get(means)))) best.set(means, mark);
  const stops = [];
  for (const svg of drawn) {
    let any = false;
    for (const mark of svg.querySelectorAll(":scope > [data-key]")) {
      const { means, found } = all.get(mark), stop = means && best.get(means) === mark;
      if (!means) mark.removeAttribute("data-hand");
      else mend(mark, "data-hand", stop ? "stop" : "too");
      if (stop) {
        stops.push(mark);
        mend(mark, "role", "button");
        const [{ form, field, text }] = found;
        if (form.dataset.verb) mend(mark, "aria-haspopup", "menu");
        else mend(mark, "aria-pressed", `${field.querySelector("[selected]").value === text}`);
        if (!mark.hasAttribute("aria-label") || mark.hasAttribute("data-named")) {
          mend(mark, "data-named", "");
          mend(mark, "aria-label", said(mark, found));
        }
        any = true;
      } else if (mark.getAttribute("role") === "button") for (const name of CONTROL) mark.removeAttribute(name);
    }
    // The parts of an image are not there for a screen reader; those of a group are.
    mend(svg, "role", any ? "group" : "img");
  }
  const here = stops.find((mark) => mark === player.handled) ?? stops[0];
  for (const mark of stops) mend(mark, "tabindex", mark === here ? "0" : "-1");
}

let opened = null; // { player, thing, menu }

export function shut(back = true) {
  if (!opened) return;
  const { menu, thing, player } = opened;
  opened = null;
  const inside = menu.contains(document.activeElement);
  thing.removeAttribute("data-chosen");
  menu.remove();
  if (!back || !inside) return;
  const home = thing.isConnected && thing.getClientRects().length ? thing : stageOf(player);
  home?.focus({ preventScroll: true });
}

const stageOf = (player) => player.querySelector(".stage");

const make = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text, ...more });

/** The form of a verb as it is now: forms come anew while a menu is open. */
export function filled(player, { form: { dataset }, field, text, also = [] }) {
  // While the page only follows an act (act.js), the forms of inputs do not know of it yet.
  const form = dataset.verb ? player.querySelector(`.actions form[data-verb="${dataset.verb}"]`) : player.ahead ? null : field.form;
  if (form && !dataset.verb) form.elements.step.value = player.step;
  if (form && field) form.elements[field.name].value = text;
  for (const [name, given] of also) if (form?.elements[name]) form.elements[name].value = given;
  return form;
}

/** What a verb will do, in the words of its form: its label, and the figures that it has already. */
function item({ form, field, text, also }) {
  const entry = make("button", form.dataset.short, { type: "button" });
  const rest = [...form.elements].filter((one) => one.name.startsWith("act.") && one !== field && one.name !== "act.@" && one.type !== "hidden");
  for (const one of rest) {
    const name = one.closest(".field")?.querySelector(".name")?.textContent ?? "";
    const figure = new Map(also).get(one.name) ?? one.selectedOptions?.[0]?.textContent ?? one.value;
    entry.append(" ", make("small", `${name} ${figure}`));
  }
  // What a thing only begins can be written otherwise too.
  if (!field?.dataset.adds) return { entry, rest };
  entry.append(" ", make("small", text));
  return { entry, rest: [field, ...rest] };
}

/** Does what a verb says to the thing. */
function act(player, thing, verb, plays) {
  player.handled = thing;
  player.goesOn = plays;
  shut();
  filled(player, verb)?.querySelector("button").click();
}

/** Presses what stands for an input, or a button of a verb that is drawn on the thing; else its menu unfolds. */
function touch(player, thing, target, at) {
  const drawn = target.closest("[data-press]")?.dataset.press, plays = Boolean(player.timer);
  const press = verbs(thing, takers(player)).find(({ form: { dataset: { verb } } }) => !verb || verb === drawn);
  if (!press) { unfold(player, thing, at); return; }
  player.pause();
  if (!thing.matches("[aria-pressed=true]")) act(player, thing, press, plays);
}

function unfold(player, thing, at) {
  shut();
  const plays = Boolean(player.timer), found = verbs(thing, takers(player)), called = said(thing, found);
  player.pause();
  const menu = make("div", "", { className: "hand", role: "menu", ariaLabel: called });
  if (value(thing)) {
    const name = make("span", called, { className: "who" });
    name.setAttribute("role", "none");
    menu.append(name);
  }
  const add = (button, act) => {
    button.setAttribute("role", "menuitem");
    button.tabIndex = -1;
    button.addEventListener("click", (event) => { event.stopPropagation(); act(); });
    menu.append(button);
  };
  for (const verb of found) {
    const { entry, rest } = item(verb);
    add(entry, () => act(player, thing, verb, plays));
    if (rest.length) {
      const more = make("button", "…", { type: "button", className: "more", ariaLabel: `${verb.form.dataset.short}, with other figures` });
      add(more, () => {
        shut(false);
        const form = filled(player, verb);
        for (let fold = form; (fold = fold?.parentElement.closest("details"));) fold.open = true;
        form?.elements[rest[0].name].focus();
      });
    }
  }
  const undo = player.querySelector("[data-undo]");
  if (undo) add(make("button", "Undo", { type: "button", className: "aside", title: undo.title }), () => { shut(); undo.click(); });
  const text = thing.dataset.pick ?? (thing.localName === "circle" ? value(thing) : spellings(thing).at(-1));
  if (text && navigator.clipboard) add(make("button", "Copy", { type: "button", className: "aside", title: `Copy “${text}”` }), () => { navigator.clipboard.writeText(text).catch(() => {}); shut(); });
  const stage = thing.closest(".stage, .beside");
  stage.append(menu);
  opened = { player, thing, menu };
  thing.toggleAttribute("data-chosen", true);
  const narrow = player.layout() === "narrow", around = stage.getBoundingClientRect();
  place(menu, at ?? thing.getBoundingClientRect(), around, narrow);
  menu.querySelector("button").focus({ preventScroll: true });
  menu.scrollIntoView({ block: "nearest" });
}

/** What was refused is said at the picture, and heard; beside its field it stands as well. */
function refused(player) {
  const sentence = player.querySelector(".actions .error")?.textContent;
  if (!sentence) return;
  const thing = player.handled?.isConnected ? player.handled : player.querySelector(".stage"), stage = player.querySelector(".stage");
  const menu = make("div", "", { className: "hand" }), text = make("p", sentence, { className: "error", tabIndex: -1 });
  text.setAttribute("role", "alert");
  menu.append(text);
  stage.append(menu);
  opened = { player, thing, menu };
  place(menu, thing.getBoundingClientRect(), stage.getBoundingClientRect(), player.layout() === "narrow");
  text.focus({ preventScroll: true });
  menu.scrollIntoView({ block: "nearest" });
}

/** Under the thing, over the narration rather than over another thing; on a phone always there, at the thumb. */
function place(menu, thing, stage, narrow) {
  const { width } = menu.getBoundingClientRect();
  const top = narrow ? stage.bottom : Math.min(thing.bottom + 6, stage.bottom);
  const left = Math.max(stage.left + 4, Math.min(thing.left + thing.width / 2 - width / 2, stage.right - width - 4));
  menu.style.setProperty("left", `${left - stage.left}px`);
  menu.style.setProperty("top", `${top - stage.top}px`);
}

/** How far a thing is from a point of the screen: of a line its nearest part, for its box says little about it. */
function far(thing, { clientX, clientY }) {
  if (thing.localName !== "path") {
    const { left, right, top, bottom } = thing.getBoundingClientRect();
    return Math.hypot(Math.max(left - clientX, clientX - right, 0), Math.max(top - clientY, clientY - bottom, 0));
  }
  const to = thing.getScreenCTM(), length = thing.getTotalLength();
  let least = Infinity;
  for (let place = 0; place <= SAMPLES; place++) {
    const { x, y } = thing.getPointAtLength(length * place / SAMPLES).matrixTransform(to);
    least = Math.min(least, Math.hypot(x - clientX, y - clientY));
  }
  return least;
}

/** The thing that was hit: of small ones that lie close the nearest, and beside all of them the nearest too. */
export function hit(event) {
  const svg = event.target.closest("svg.picture"), top = event.target.closest("svg.picture > [data-key]");
  const small = top && Math.max(top.getBoundingClientRect().width, top.getBoundingClientRect().height) < NEAR;
  if (!svg || (top?.hasAttribute("data-hand") && !small)) return svg && top;
  if (top?.localName === "g" && !top.hasAttribute("data-hand")) return null; // a thing that takes no verb
  let best = null, least = NEAR;
  for (const one of svg.querySelectorAll(":scope > [data-hand]")) {
    const box = one.getBoundingClientRect();
    const off = small ? Math.hypot(box.left + box.width / 2 - event.clientX, box.top + box.height / 2 - event.clientY) : far(one, event);
    if (off < least) [best, least] = [one, off];
  }
  return best ?? (top?.hasAttribute("data-hand") ? top : null);
}

// Who drags, or marks a text, does not ask for a menu.
let pressed = null;
document.addEventListener("pointerdown", (event) => { pressed = event; document.documentElement.dataset.by = "pointer"; });
document.addEventListener("keydown", ({ key }) => { if (key !== "Escape") delete document.documentElement.dataset.by; }, true);
const dragged = (event) => event.detail > 0 && pressed && Math.hypot(event.clientX - pressed.clientX, event.clientY - pressed.clientY) > 6;

document.addEventListener("click", (event) => {
  if (opened && !opened.menu.contains(event.target)) shut(false);
  const player = event.target.closest("orrery-player");
  const thing = player?.trace && !player.classList.contains("asking") && !dragged(event) && !getSelection().toString() && hit(event);
  if (!thing) return;
  event.preventDefault();
  // The box of a line says little about where it was touched.
  const at = { left: event.clientX, width: 0, bottom: event.clientY + 8 };
  touch(player, thing, event.target, thing.localName === "path" && event.detail ? at : null);
});

/** In a menu and from thing to thing, by keys. Left and right stay with the steps of the run. */
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (opened && event.key === "Escape" && opened.menu.contains(event.target)) { event.preventDefault(); event.stopPropagation(); shut(); return; }
  if (opened?.menu.contains(event.target)) {
    const items = [...opened.menu.querySelectorAll("button")];
    const along = by ?? { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const to = along ? items.at((items.indexOf(event.target) + along) % items.length) : { Home: items[0], End: items.at(-1) }[event.key];
    if (event.key === "Tab") { shut(); return; }
    if (!to) return;
    to.focus();
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  const thing = event.target.closest?.("svg.picture > [data-hand]");
  if (!thing) return;
  const player = thing.closest("orrery-player");
  if (event.key === "Enter" || event.key === " ") touch(player, thing, thing);
  else if (by) {
    const all = things(player), next = all.at((all.indexOf(thing) + by) % all.length);
    thing.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    player.handled = next;
    next.focus({ preventScroll: true });
  } else return;
  event.preventDefault();
  event.stopPropagation();
}, true);

document.addEventListener("orrery:shown", (event) => {
  const player = event.target;
  if (opened?.player === player) shut();
  offer(player);
  // What was acted on may be gone, and the focus with it.
  if (player.handled && !player.handled.isConnected) {
    player.handled = null;
    if (document.activeElement === document.body) stageOf(player).focus({ preventScroll: true });
  }
});
// Forms that came anew may offer something else, or say why not.
document.addEventListener("htmx:after:swap", () => {
  eras = new WeakMap();
  for (const player of document.querySelectorAll("orrery-player")) {
    if (!player.trace) continue;
    offer(player);
    if (player.hasAttribute("refused") && player.handled && !opened) refused(player);
  }
});
for (const player of document.querySelectorAll("orrery-player")) if (player.trace) offer(player);
