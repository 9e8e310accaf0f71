/* Pulse: what happens between two steps is seen. Things travel along the ways of the picture, from where they set out
   to where they arrive, in the time of the run.

   A trace's `moves` say what, when and along which way; the ways are marks of the picture. What is drawn follows from
   the run and from how far it has played, and from nothing that was drawn before. Tokens lie in a layer of their own
   and are there only while a run plays: at rest the picture is the step's. */

const LEAST_FLIGHT = 380, DOOR = 400, GAP = 130; // ms: what is shorter is not seen; in, and out; from one to the next
const APART = 4; // units between two samples of a way

/** Screen time of an instant, ms of play at speed 1. */
function onScreen(at, steps, times) {
  let after = steps.findIndex((step) => step.at > at);
  if (after < 0) return times.at(-1);
  if (!after) return 0;
  const before = after - 1, part = (at - steps[before].at) / (steps[after].at - steps[before].at);
  return times[before] + part * (times[after] - times[before]);
}

/** Screen time of a landing: where several steps are told at its instant, the first of them tells of it. */
const landing = (at, steps, times) => times[steps.findIndex((step) => step.at === at)] ?? onScreen(at, steps, times);

/** When the picture first knows that something has happened: it is drawn step by step. */
const known = (at, steps, times) => times[steps.findIndex((step) => step.at >= at)] ?? times.at(-1);

/** The moves of a run as flights: of which thing, along which way, how it looks, from when to when on the screen, and
    until when its own mark is out of date. */
function flights({ steps, moves }, times) {
  const looks = Object.keys(moves.looks), last = new Map(), left = new Map(), found = [];
  const through = (thing, back, look, from) => moves.door && found.push({ thing, way: moves.door, back, look, start: 0, reach: 1, from, to: from + DOOR, until: from + DOOR });
  let at = 0;
  for (let place = 0; place < moves.flat.length; place += 6) {
    const [number, numbered, looked, since, lasts, thousandths] = moves.flat.slice(place, place + 6);
    at += since;
    const thing = moves.things[number], back = numbered < 0, way = moves.ways[back ? -1 - numbered : numbered];
    const before = last.get(thing), look = looks[looked], reach = thousandths / 1000, ends = at + lasts;
    const goesOn = before?.way === way && before.back === back, caught = !lasts && at < before?.ends;
    const start = !lasts ? reach : goesOn && before.reach < 1 ? before.reach : 0;
    // What sets out together on one way is let go one after the other, or it would lie on each other.
    const free = lasts && !start ? (left.get(numbered) ?? -GAP) + GAP : 0;
    const from = Math.max(onScreen(at, steps, times), caught ? 0 : before?.to ?? 0, free);
    if (lasts) left.set(numbered, from);
    // What is lost is looked at until the next step: its picture may tell of it otherwise.
    const to = lasts ? Math.max(landing(ends, steps, times), from + LEAST_FLIGHT * (reach - start)) : Math.min(from + LEAST_FLIGHT, times.find((time) => time > from) ?? from);
    // What is gone where its way ends is so while the picture of that instant still has it.
    const gone = reach === 1 && moves.ends.includes(look), until = Math.max(to, known(ends + gone, steps, times));
    const flight = { thing, way, back, look, start, reach, gone, ends, from, to, until };
    if (before) before.until = Math.min(before.until, from);
    else {
      through(thing, false, look, from - DOOR); // it comes in by the door before it sets out for the first time
      // Until then it is not on its way, though the picture of that instant has it.
      const told = landing(at, steps, times);
      if (!moves.door && told < from) found.push({ ...flight, gone: true, from: told, to: told, until: from });
    }
    last.set(thing, flight);
    found.push(flight);
  }
  for (const { thing, look, gone, to } of last.values()) if (gone) through(thing, true, look, to);
  return found;
}

/** Places along a path, sampled once: asking the browser for each in every frame would cost twice as much. */
class Way {
  constructor(d, space) {
    // A path of its own: the one in the picture may be on its way from an earlier form to this one.
    const path = make(space, "path", { d });
    const length = path.getTotalLength(), count = Math.max(1, Math.ceil(length / APART));
    this.points = Array.from({ length: count + 1 }, (_, place) => { const { x, y } = path.getPointAtLength(length * place / count); return [x, y]; });
  }

  at(part) {
    const exact = part * (this.points.length - 1), place = Math.min(Math.floor(exact), this.points.length - 2);
    const [[x, y], [x2, y2]] = [this.points[place], this.points[place + 1]], rest = exact - place;
    return [x + (x2 - x) * rest, y + (y2 - y) * rest];
  }
}

const make = (space, tag, attributes) => {
  const element = document.createElementNS(space, tag);
  for (const name in attributes) if (name) element.setAttribute(name, attributes[name]);
  return element;
};

let clips = 0; // each has a name of its own on the page

/** What grows with the clock between two steps: the paths of the next one, from where this one's now is to where the
    clock has come. The axis is time, so left of it nothing is told too early. */
class Growth {
  constructor({ marks, states }, step, { grows, now }, space) {
    Object.assign(this, { step, states });
    const [before, after = before] = [states[step], states[step + 1]], index = marks.findIndex(([key]) => key === now);
    const at = (state) => Number(/[\d.]+/.exec(state[index]?.d)?.[0]);
    [this.from, this.long] = [at(before), at(after) - at(before)];
    this.group = make(space, "g", {});
    if (before[index]) this.group.append(this.line = make(space, "path", before[index]));
    if (!(this.long > 0)) return;
    const name = `grows-${++clips}`, clip = make(space, "clipPath", { id: name }), bars = make(space, "g", { "clip-path": `url(#${name})` });
    clip.append(this.seen = make(space, "rect", { x: this.from, y: 0, height: "100%" }));
    marks.forEach(([key, tag], mark) => {
      if (tag === "path" && after[mark] && after[mark] !== before[mark] && grows.some((begin) => key.startsWith(begin))) bars.append(make(space, tag, after[mark]));
    });
    this.group.prepend(clip, bars);
  }

  to(part) {
    if (!this.seen) return;
    this.seen.setAttribute("width", (this.long * part).toFixed(1));
    this.line.setAttribute("transform", `translate(${(this.long * part).toFixed(1)} 0)`);
  }
}

class Layer {
  constructor(player) {
    const { trace, times } = player, { moves, pictures } = trace;
    Object.assign(this, { player, trace, flights: moves ? flights(trace, times) : [], ways: new Map(), tokens: new Map(), away: new Set(), back: [] });
    [this.looks, this.under, this.through] = [moves?.looks, moves?.under ?? "", pictures[0].through];
  }

  /** The picture in view may be another one after a change of layout. */
  get svg() { return this.player.pictures.find(({ svg }) => svg.dataset.scene === "0" && svg.getClientRects().length)?.svg; }

  way(svg, key) {
    const d = svg.querySelector(`:scope > [data-key="${CSS.escape(key)}"]`)?.getAttribute("d");
    if (!d) return null;
    if (!this.ways.has(d)) this.ways.set(d, new Way(d, svg.namespaceURI));
    return this.ways.get(d);
  }

  token(ground, thing, look) {
    const key = `${thing} ${look}`;
    if (!this.tokens.has(key)) {
      const group = make(ground.namespaceURI, "g", {});
      for (const [tag, attributes] of this.looks[look]) {
        const part = make(ground.namespaceURI, tag, attributes);
        if (tag === "text") part.textContent = attributes[""] ?? thing.slice(thing.indexOf(":") + 1);
        group.append(part);
      }
      this.tokens.set(key, group);
    }
    const group = this.tokens.get(key);
    if (group.parentNode !== ground) ground.append(group);
    return group;
  }

  /** The picture at an instant of the screen. */
  draw(now) {
    const svg = this.svg;
    if (!svg) return;
    if (this.ground?.parentNode !== svg) {
      this.ground?.remove();
      this.ground = make(svg.namespaceURI, "g", { class: "pulse", "aria-hidden": "true" });
      svg.insertBefore(this.ground, svg.querySelector(`:scope > [data-key="${CSS.escape(this.under)}"]`));
    }
    svg.classList.add("plays", ...(this.through ? ["grows"] : []));
    if (this.through) this.grow(svg, now);
    const shown = new Set(), away = new Set(), heard = this.heard ?? now;
    this.heard = now;
    for (const { thing, way, back, look, start, reach, gone, from, to, until } of this.flights) {
      // Through the door it comes in; then it sets out.
      if (from > heard && from <= now && way !== this.trace.moves.door) this.tell({ thing, look, back, arrives: false });
      if (to > heard && to <= now && way !== this.trace.moves.door) this.tell({ thing, look, back, arrives: true });
      if (now < from || now >= until) continue;
      const path = this.way(svg, way);
      if (!path) continue;
      away.add(thing);
      // What has come home is not there any more; what has arrived elsewhere stands before the place it will take.
      if (now >= to && (back || gone || shown.has(this.tokens.get(`${thing} ${look}`)))) continue;
      const part = start + (reach - start) * Math.min(1, (now - from) / (to - from)), [x, y] = path.at(back ? 1 - part : part), token = this.token(this.ground, thing, look);
      token.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
      shown.add(token);
    }
    for (const token of this.tokens.values()) {
      const display = shown.has(token) ? null : "none";
      if (token.getAttribute("display") !== display) display ? token.setAttribute("display", display) : token.removeAttribute("display");
    }
    // A frame later than it could: the place that it has taken meanwhile is not glided to.
    for (const mark of this.back) if (!away.has(mark.dataset.key)) { mark.removeAttribute("data-away"); this.away.delete(mark); }
    this.back = [...this.away].filter((mark) => !away.has(mark.dataset.key));
    for (const thing of away) {
      const mark = svg.querySelector(`:scope > [data-key="${CSS.escape(thing)}"]`);
      if (mark && !this.away.has(mark)) { mark.setAttribute("data-away", ""); this.away.add(mark); }
    }
  }

  /** Who listens hears what sets out and what arrives. */
  tell(detail) { this.player.dispatchEvent(new CustomEvent("orrery:travels", { detail, bubbles: true })); }

  grow(svg, now) {
    const { times, pictures } = this.player, step = times.filter((time) => time <= now).length - 1;
    const picture = pictures.find((one) => one.svg === svg);
    if (this.grown?.step !== step || this.grown.states !== picture.states || this.grown.group.parentNode !== this.ground) {
      this.grown?.group.remove();
      this.grown = new Growth(picture, step, this.through, svg.namespaceURI);
      this.ground.append(this.grown.group);
    }
    this.grown.to(Math.min(1, (now - times[step]) / (times[step + 1] - times[step])));
  }

  /** At rest the picture is the step's. */
  rest() {
    this.ground?.parentNode?.classList.remove("plays", "grows");
    this.ground?.remove();
    this.ground = null;
    this.heard = null;
    this.tokens.clear();
    for (const mark of this.away) mark.removeAttribute("data-away");
    this.away.clear();
  }
}

/** How far a player has played, ms of the screen at speed 1. */
function played({ playing, times }) {
  const { step, since, speed } = playing;
  return Math.min(times[step] + (performance.now() - since) * speed, times[step + 1] ?? times[step]);
}

function beat(player) {
  if (player.still || !(player.trace?.moves || player.trace?.pictures[0].through)) return;
  let layer = player.pulse;
  if (layer?.trace !== player.trace) {
    layer?.rest();
    player.pulse = layer = new Layer(player);
  }
  if (layer.runs) return;
  layer.runs = true;
  const frame = () => {
    if (!player.playing || player.trace !== layer.trace) { layer.rest(); layer.runs = false; return; }
    layer.draw(played(player));
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

document.addEventListener("orrery:play", (event) => beat(event.target));
