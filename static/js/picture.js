/* A run as it is drawn: patches become states, and a picture sets states.

   A trace tells the marks of each picture once, and of every step what has changed. Nothing here knows the
   player: a page that shows a run in its own way takes what it needs from here. */

import { move, ways } from "./motion.js";

export const SVG = "http://www.w3.org/2000/svg";
export const still = matchMedia("(prefers-reduced-motion: reduce)");

/** Expand patches to one state a step; states share the entries that did not change. */
export function expand(steps, place) {
  let now = [];
  return steps.map((step) => {
    now = now.slice();
    for (const [index, change] of Object.entries(step.patch[place])) {
      if (change === null) { now[index] = undefined; continue; }
      const entry = { ...now[index], ...change };
      for (const name in entry) if (entry[name] === null) delete entry[name];
      now[index] = entry;
    }
    return now;
  });
}

/** Figures, names and table of every step. They are told only when they change, the table row by row. */
export function besides(steps) {
  let metrics = [], names = [], table = [];
  return steps.map((step) => {
    metrics = step.metrics ?? metrics;
    names = step.names ?? names;
    if (step.state) {
      table = table.slice();
      for (const [number, row] of Object.entries(step.state)) table[number] = row;
      table = table.filter((row) => row);
    }
    return { metrics, names, table };
  });
}

/** What is higher is drawn as it is, and not smaller to fit a window (Drawing.tall). */
const TALL = { wide: 474, narrow: 440 };
const placed = (had, want) => ["transform", "x", "y", "cx", "cy"].some((name) => had[name] !== want[name]);

/** One <svg> and the states it can show. Elements are kept by key, also from one run to the next. */
export class Picture {
  constructor(svg) {
    this.svg = svg;
    this.elements = new Map();
    for (const element of svg.querySelectorAll("[data-key]")) this.elements.set(element.dataset.key, element);
    this.shown = null;
    this.ghosts = [];
  }

  /** `brought`: the things that travel, which need no other motion while they do. */
  load(picture, states, brought = []) {
    this.svg.setAttribute("viewBox", `0 0 ${picture.width} ${picture.height}`);
    this.svg.classList.toggle("tall", picture.height > TALL[this.svg.classList.contains("wide") ? "wide" : "narrow"]);
    this.marks = picture.marks;
    this.ways = ways(picture.marks, picture.comes);
    this.brought = new Set(brought);
    this.grows = picture.through?.grows ?? [];
    this.states = states;
    this.shown = null;
    this.settle();
    const wanted = new Set(this.marks.map(([key]) => key));
    for (const [key, element] of this.elements) {
      if (!wanted.has(key)) { element.remove(); this.elements.delete(key); }
    }
  }

  /** Show a step. `rate`: how fast what comes and goes is seen to, 0: not at all; `back`: it is the step before. */
  set(step, rate = 0, back = false) {
    const state = this.states[step], seen = { came: [], went: [], moved: [] };
    const last = new Map(), anew = new Set();
    this.settle();
    this.marks.forEach(([key, tag, parent], index) => {
      const want = state[index], had = this.shown && this.shown[index], way = this.ways[index];
      if (this.shown && want === had && !anew.has(parent)) return; // most are as they were
      const alone = parent < 0 || (this.shown?.[parent] && state[parent]), moves = rate && !this.pulsed(key, tag);
      let element = this.elements.get(key);
      // What is to be looked at, and words that are others elsewhere, do not fly: it goes here, they switch, and both come there.
      if (element && (!want || (moves && had && had !== want && (way[3] || (had[""] !== want[""] && placed(had, want)))))) {
        if (moves && alone && (!want || tag !== "text")) seen.went.push([this.ghost(element), way]);
        element.remove();
        this.elements.delete(key);
        element = null;
      }
      if (!want) return;
      const home = parent < 0 ? this.svg : this.elements.get(this.marks[parent][0]), fresh = !element;
      if (fresh) {
        element = document.createElementNS(SVG, tag);
        element.dataset.key = key;
        this.elements.set(key, element);
        anew.add(index);
      }
      // Only what is out of place is moved: an insertion restarts a running transition.
      if (!this.shown) {
        const before = last.get(home);
        let place = before ? before.nextSibling : home.firstChild;
        while (place && !place.dataset.key) place = place.nextSibling; // what plays lies between
        if (element.parentNode !== home || place !== element) home.insertBefore(element, place);
        last.set(home, element);
      } else if (element.parentNode !== home) home.insertBefore(element, this.over(index, parent, home));
      if (want === had && !fresh) return;
      this.write(element, want, fresh ? null : had);
      if (!moves) return;
      if (fresh) { if (way[2] !== "parts" && (way.length || alone)) seen.came.push([element, key, way]); return; }
      if (!had) return;
      seen.eases ||= placed(had, want);
      if (had.d && want.d && way[2] === "draw" && want.d !== had.d && want.d.startsWith(had.d)) seen.came.push([element, key, way, had.d]);
      if (tag === "text" && placed(had, want)) seen.moved.push([element, had.x - want.x, had.y - want.y]);
    });
    this.shown = state;
    this.moves = rate;
    this.svg.classList.toggle("later", seen.went.length > 0);
    if (rate) move(seen, rate, back);
  }

  /** The next mark in the same group, which lies over a new one. */
  over(index, parent, home) {
    for (let next = index + 1; next < this.marks.length; next++) {
      const element = this.marks[next][2] === parent && this.elements.get(this.marks[next][0]);
      if (element && element.parentNode === home) return element;
    }
    return null;
  }

  /** Whether it travels, or grows with the clock, while the run plays. */
  pulsed(key, tag) {
    const { classList } = this.svg;
    return classList.contains("plays") && (this.brought.has(key) || (tag === "path" && classList.contains("grows") && this.grows.some((begin) => key.startsWith(begin))));
  }

  /** What goes is seen for a moment where it was: a likeness that nothing knows. */
  ghost(element) {
    const ghost = element.cloneNode(true);
    for (const part of [ghost, ...ghost.querySelectorAll("*")]) {
      if (part.dataset.key === "changed") part.dataset.was = "changed";
      for (const name of part.getAttributeNames()) if (/^(data-(?!was)|aria-|role|tabindex)/.test(name)) part.removeAttribute(name);
    }
    ghost.setAttribute("aria-hidden", "true");
    element.before(ghost);
    this.ghosts.push(ghost);
    return ghost;
  }

  /** Everything has come to rest. The classes stay: to take them off and put them on again would style every mark. */
  rest() { this.moves = 0; }

  /** What still moves is put where it was going. */
  settle() {
    if (this.moves) for (const animation of this.svg.getAnimations({ subtree: true })) animation.finish();
    for (const ghost of this.ghosts) ghost.remove();
    this.ghosts = [];
    this.moves = 0;
  }

  write(element, want, had) {
    const old = had ? Object.keys(had) : element.getAttributeNames().filter((name) => name !== "data-key" && !/^(tabindex|role)$/.test(name));
    for (const name of old) if (name && !(name in want)) element.removeAttribute(name);
    for (const name in want) {
      if (name && element.getAttribute(name) !== want[name]) element.setAttribute(name, want[name]);
    }
    const text = want[""] || "";
    if (element.localName !== "g" && element.textContent !== text) element.textContent = text;
  }
}
