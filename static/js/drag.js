/* Drag: a thing is dropped on another one, thrown out of its place, or turned up and down, in the picture.

   The forms of a player say what a drag does: data-dropped, in words, which argument's thing is dragged and which one's
   takes it, or with data-lifted, what the keys of what is dragged begin with, only the latter; data-thrown, what the keys of things begin with that can be thrown away; data-turned, in words, which
   argument's thing has a number that its grip sets. Letting go fills in the form and sends it, so nothing can be done
   here that the menu at a thing and the forms cannot do. */

import { filled, hit, kind, known, shut, spelled } from "./hands.js";

const SLACK = 6; // px: less is a click
const SWIPE = 10; // px: a finger that has moved so far sideways drags, and otherwise scrolls
const PRESS = 250; // ms that a finger rests on a thing until it is lifted
const AWAY = 56; // px from its place: less is no throw
const THUMB = 44; // px above the pointer that a hand hides
const NOTCH = 14; // px up or down for one more or one less
const SMALL = 40; // px: what is less wide has its grip on its left
const BACK = 160; // ms in which what was not taken goes back

const begins = (words, thing) => words?.split(" ").some((one) => one === kind(thing) || one === base(thing));

/** Whose part a mark is. */
const base = (thing) => thing.dataset.key.split("/")[0];

/** How an argument spells a thing; undefined where the thing does not stand for it. */
const stands = (field, thing) => begins(field?.dataset.on, thing) ? spelled(field, thing) : undefined;

const formsOf = (player) => [...player.querySelectorAll(".actions form:is([data-dropped], [data-thrown], [data-turned])")];

/** The two arguments that the words of a drag name, and the words with what they are filled in with. */
const named = (form, words) => [...words.matchAll(/\{(\w+)\}/g)].map(([, name]) => form.elements[`act.${name}`]);
const filledIn = (words, ...texts) => words.replace(/\{\w+\}/g, () => texts.shift());

/** What is done with a thing that is dropped on another: the form, what is filled in, and words; without the other one,
    whether there is such a verb. */
function dropped(forms, thing, over) {
  for (const form of forms) {
    const words = form.dataset.dropped;
    if (!words) continue;
    const [onto, from] = named(form, words).reverse();
    const text = begins(form.dataset.lifted, thing) ? "" : stands(from, thing), taken = over ? stands(onto, over) : "";
    if (text === undefined || taken === undefined) continue;
    const given = [[from, text], [onto, taken]].filter(([field]) => field);
    return { form, given, words: filledIn(words, ...given.map(([, one]) => one)) };
  }
  return null;
}

/** What is done with a thing that is thrown away. */
function thrown(forms, thing) {
  for (const form of forms.filter(({ dataset }) => begins(dataset.thrown, thing))) {
    const field = [...form.elements].find((one) => one.dataset.on), text = field ? stands(field, thing) : "";
    // A number alone says little.
    const what = field?.inputMode === "numeric" ? `${field.closest(".field").querySelector(".name").textContent.toLowerCase()} ` : "";
    if (text !== undefined) return { form, given: [[field, text]], words: `${form.dataset.short} ${what}${text}` };
  }
  return null;
}

/** What is done with a thing that is turned up, or down, by so many notches: no further than its number may go. */
function turned(forms, thing, notches = 0) {
  for (const form of forms.filter(({ dataset }) => dataset.turned)) {
    const [from, number] = named(form, form.dataset.turned), text = stands(from, thing), { now, least, most } = number.dataset;
    const was = Number(now?.split(" ").find((one) => one.replace(/:\d+$/, "") === text)?.split(":").at(-1));
    if (!was) continue;
    const to = Math.max(least, Math.min(was + notches, most));
    return { form, given: [[from, text], [number, to]], words: filledIn(form.dataset.turned, text, to), idle: to === was };
  }
  return null;
}

const marksOf = (player) => player.pictures.flatMap(({ svg }) => [...svg.querySelectorAll(":scope > :is([data-hand], [data-drag])")]);

const guarded = new WeakSet();

/** Says of every mark whether it can be dragged. */
function offer(player) {
  if (!player.pictures) return;
  const forms = player.trace ? formsOf(player) : [], drags = known(player).drags ??= new WeakMap();
  for (const mark of marksOf(player)) {
    if (!drags.has(mark)) drags.set(mark, [thrown(forms, mark) || dropped(forms, mark), turned(forms, mark)].map(Boolean));
    const [moves, turns] = drags.get(mark), can = mark.hasAttribute("data-hand") && moves;
    mark.toggleAttribute("data-drag", can);
    mark.toggleAttribute("data-turn", mark.dataset.hand === "stop" && turns);
    // Who has lifted a thing with a finger does not scroll with it.
    const svg = mark.ownerSVGElement;
    if (!can || guarded.has(svg)) continue;
    guarded.add(svg);
    svg.addEventListener("touchmove", (event) => { if (held?.ghost) event.preventDefault(); }, { passive: false });
  }
}

let held = null; // { player, thing, grip, from, at: two events, timer; once it is lifted: ghost, copy, word, forms, plays, over, does }
let dragging = false; // until the pointer is up: the click that follows is none

/** A copy of the thing under the pointer, over everything else, and the words beside it. */
function raise(thing) {
  const { left, top, width, height } = thing.getBoundingClientRect(), { a, d, e, f } = thing.ownerSVGElement.getScreenCTM();
  const ghost = Object.assign(document.createElement("div"), { className: "drag", popover: "manual", ariaHidden: "true" });
  const copy = thing.ownerSVGElement.cloneNode(false), word = document.createElement("p");
  for (const { name } of [...copy.attributes]) copy.removeAttribute(name);
  const clone = thing.cloneNode(true);
  for (const one of [clone, ...clone.querySelectorAll("*")]) for (const name of ["data-key", "tabindex", "role"]) one.removeAttribute(name);
  copy.setAttribute("viewBox", [(left - e) / a, (top - f) / d, width / a, height / d].join(" "));
  for (const [name, size] of Object.entries({ left, top, width, height })) copy.style.setProperty(name, `${size}px`);
  copy.append(clone);
  ghost.append(copy, word);
  document.body.append(ghost);
  ghost.showPopover?.();
  return { ghost, copy, word };
}

function lift() {
  const { player, thing, grip, from } = held, forms = formsOf(player);
  clearTimeout(held.timer);
  dragging = true;
  shut(false);
  Object.assign(held, { forms, plays: Boolean(player.timer) }, raise(thing));
  player.pause();
  (grip ?? thing).setPointerCapture(from.pointerId);
  thing.toggleAttribute("data-dragged", true);
  if (!grip) for (const mark of marksOf(player)) mark.toggleAttribute("data-takes", mark !== thing && Boolean(dropped(forms, thing, mark)));
  follow();
}

/** The thing is where the pointer is, and what would be done stands above it, or above what takes it. */
function follow() {
  const { player, thing, grip, forms, from, at: { clientX, clientY }, copy, word } = held;
  const x = clientX - from.clientX, y = clientY - from.clientY;
  if (grip) {
    const does = turned(forms, thing, Math.round(-y / NOTCH));
    held.does = does.idle ? null : does;
    say(does.words);
    return;
  }
  const target = document.elementFromPoint(clientX, clientY);
  copy.style.setProperty("translate", `${x}px ${y}px`);
  const under = player.contains(target) && hit({ target, clientX, clientY }), over = under && under !== thing ? under : null;
  const taken = over && dropped(forms, thing, over);
  // What lies on another of its kind, which does not take it, is not thrown away; nor, in its picture, what goes to another place.
  held.does = taken ?? (Math.hypot(x, y) > AWAY && !(dropped(forms, thing)?.given.length < 2 && thing.ownerSVGElement.contains(target)) && !(over && kind(over) === kind(thing) && base(over) !== base(thing)) ? thrown(forms, thing) : null);
  held.over?.setAttribute("data-takes", "");
  held.over = taken && over;
  held.over?.setAttribute("data-takes", "now");
  word.hidden = !held.does;
  if (held.does) say(held.does.words);
}

/** The words of what letting go does, above the hand. */
function say(words) {
  const { from, at: { clientY }, copy, word } = held;
  word.textContent = words;
  const { left, top, width } = (held.over ?? copy).getBoundingClientRect(), half = word.offsetWidth / 2 + 6;
  word.style.setProperty("left", `${Math.max(half, Math.min(left + width / 2, innerWidth - half))}px`);
  word.style.setProperty("top", `${Math.max(Math.min(top - 8, clientY - (from.pointerType === "mouse" ? 8 : THUMB)) - word.offsetHeight, 4)}px`);
}

/** The grip stands at a thing with a number that can be turned, while a pointer or the focus is there. */
function grips(thing) {
  if (held?.ghost) return;
  const old = document.querySelector(".grip");
  if (old?.thing === thing) return;
  old?.remove();
  if (!thing) return;
  const stage = thing.closest(".stage, .beside"), around = stage.getBoundingClientRect(), { left, right, width, top, height } = thing.getBoundingClientRect();
  const grip = Object.assign(document.createElement("span"), { className: "grip", ariaHidden: "true", thing });
  // Behind a small thing its name begins.
  const at = (width < SMALL ? left - 12 : right + 4) - around.left;
  grip.style.setProperty("left", `${Math.max(14, Math.min(at, around.width - 14))}px`);
  grip.style.setProperty("top", `${top + height / 2 - around.top}px`);
  stage.append(grip);
}

const turning = ({ target }) => {
  if (!target.closest?.(".grip")) grips(target.closest?.("[data-turn]") ?? document.querySelector("[data-turn][data-chosen]"));
};
for (const type of ["pointerover", "focusin"]) document.addEventListener(type, turning);

/** Lets go: does what would be done, or nothing. */
function end(does) {
  const { player, thing, timer, ghost, copy, word, plays } = held;
  held = null;
  clearTimeout(timer);
  if (!ghost) return;
  for (const mark of [thing, ...marksOf(player)]) for (const name of ["data-dragged", "data-takes"]) mark.removeAttribute(name);
  if (does) {
    ghost.remove();
    player.handled = thing;
    player.goesOn = plays;
    let form = null;
    for (const [field, text] of does.given) form = filled(player, { form: does.form, field, text });
    form?.querySelector("button").click();
    return;
  }
  word.hidden = true;
  if (player.still) ghost.remove();
  else copy.animate({ translate: [copy.style.translate, "0px 0px"] }, { duration: BACK, easing: "ease-out" }).onfinish = () => ghost.remove();
}

document.addEventListener("pointerdown", (event) => {
  if (held) end(); // a second finger
  const player = event.target.closest("orrery-player");
  if (!event.isPrimary || event.button || event.ctrlKey || !player?.trace || player.classList.contains("asking")) return;
  const grip = event.target.closest(".grip"), thing = grip?.thing ?? hit(event), text = event.target.closest("text");
  // A text beside a thing is there to be marked.
  if (!grip && (!thing?.hasAttribute("data-drag") || (text && !thing.contains(text)))) return;
  held = { player, thing, grip, from: event, at: event };
  if (grip) lift();
  else if (event.pointerType !== "mouse") held.timer = setTimeout(lift, PRESS);
});

document.addEventListener("pointermove", (event) => {
  if (event.pointerId !== held?.from.pointerId) return;
  if (!event.buttons) { end(); return; } // let go where nobody heard of it
  held.at = event;
  if (held.ghost) { follow(); return; }
  const x = Math.abs(event.clientX - held.from.clientX), y = Math.abs(event.clientY - held.from.clientY);
  if (!held.timer ? Math.hypot(x, y) > SLACK : x > SWIPE && x > y) lift();
  else if (y > SWIPE) end();
});

const released = () => setTimeout(() => { dragging = false; });
document.addEventListener("pointerup", () => { if (held) end(held.does); released(); });
document.addEventListener("pointercancel", () => { if (held) end(); released(); });
for (const type of ["selectstart", "contextmenu"]) document.addEventListener(type, (event) => { if (held) event.preventDefault(); });

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !held?.ghost) return;
  event.preventDefault();
  event.stopPropagation();
  end();
}, true);

document.addEventListener("click", (event) => {
  if (!dragging || !event.isTrusted) return;
  event.preventDefault();
  event.stopPropagation();
}, true);

// Hands have been offered before.
document.addEventListener("orrery:shown", ({ target }) => {
  // What is only pressed, while it plays, may still be lifted.
  if (held?.player === target && (held.ghost || !held.thing.isConnected)) end();
  offer(target);
  const { thing } = document.querySelector(".grip") ?? {};
  if (thing && target.contains(thing)) { grips(); grips(thing.isConnected && thing.hasAttribute("data-turn") ? thing : null); }
});
document.addEventListener("htmx:after:swap", () => document.querySelectorAll("orrery-player").forEach(offer));
document.querySelectorAll("orrery-player").forEach(offer);
