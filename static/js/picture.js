/* A run as it is drawn: patches become states, and a picture sets states.

   A trace tells the marks of each picture once, and of every step what has changed. Nothing here knows the
   player: a page that shows a run in its own way takes what it needs from here. */

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

/** One <svg> and the states it can show. Elements are kept by key, also from one run to the next. */
/** What is higher is drawn as it is, and not smaller to fit a window (Drawing.tall). */
const TALL = 474;

export class Picture {
  constructor(svg) {
    this.svg = svg;
    this.elements = new Map();
    for (const element of svg.querySelectorAll("[data-key]")) this.elements.set(element.dataset.key, element);
    this.shown = null;
  }

  load(picture, states) {
    this.svg.setAttribute("viewBox", `0 0 ${picture.width} ${picture.height}`);
    this.svg.classList.toggle("tall", picture.height > TALL);
    this.marks = picture.marks;
    this.states = states;
    this.shown = null;
    const wanted = new Set(this.marks.map(([key]) => key));
    for (const [key, element] of this.elements) {
      if (!wanted.has(key)) { element.remove(); this.elements.delete(key); }
    }
  }

  set(step) {
    const state = this.states[step];
    const last = new Map();
    this.marks.forEach(([key, tag, parent], index) => {
      const want = state[index];
      let element = this.elements.get(key);
      if (!want) {
        if (element) { element.remove(); this.elements.delete(key); }
        return;
      }
      const home = parent < 0 ? this.svg : this.elements.get(this.marks[parent][0]);
      if (!element) {
        element = document.createElementNS(SVG, tag);
        element.dataset.key = key;
        this.elements.set(key, element);
      }
      // Only what is out of place is moved: an insertion restarts a running transition.
      const before = last.get(home);
      let place = before ? before.nextSibling : home.firstChild;
      if (place && !place.dataset.key) place = place.nextSibling; // what plays lies between
      if (element.parentNode !== home || place !== element) home.insertBefore(element, place);
      last.set(home, element);
      const had = this.shown && this.shown[index];
      if (want !== had) this.write(element, want, had);
    });
    this.shown = state;
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
