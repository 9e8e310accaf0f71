/* <orrery-player trace="…" page="…" step="7">: steps through a run that the server has drawn.

   The server's HTML works alone: every step is a link and every form submits. This module takes over
   the stepping: it fetches the trace (frame 0 and keyed patches), expands it once to states, and sets
   states. It never undoes, so step k looks the same from wherever one came. When `trace` changes (an
   action, new inputs), marks with the same key move from their old places to the new ones. */

import { WHOLE } from "./motion.js";
import { Picture, besides, expand, still } from "./picture.js";

const FORMAT = 1;
const UNFOLDS = 4000; // ms, at most, in which what was just done is played to where it leads
const ENOUGH = 150; // px of a picture that are in view where it need not be scrolled to
const SHORT = 1e5, LONG = 1e7; // µs from which on a clock tells whole milliseconds, and seconds
const BEAT = 1200, LEAST = 550, MOST = 2500; // ms that a step is seen: without a clock, and by it

// Made once: to make one takes longer than to show a step.
const ROUND = new Intl.NumberFormat("en-GB"), FINE = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 3 });

/** When each step comes, in ms of play at speed 1: by the clock of a model that has one, else in even beats. */
function beats({ steps, pace }) {
  let now = 0;
  return steps.map(({ at }, step) => {
    if (step) now += pace ? Math.min(Math.max(1000 * (at - steps[step - 1].at) / pace, LEAST), MOST) : BEAT;
    return now;
  });
}

const store = {
  get(key) { try { return localStorage.getItem(key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(key, value); } catch { /* private window: forget it */ } },
};

class OrreryPlayer extends HTMLElement {
  static observedAttributes = ["trace", "class", "from", "at"];

  connectedCallback() {
    this.stop = new AbortController();
    const on = (target, type, listener) => target?.addEventListener(type, listener, { signal: this.stop.signal });
    this.step = Number(this.getAttribute("step"));
    this.began ??= this.asked(this.step);
    this.adopt();
    this.slider = this.querySelector(".slider");
    this.playButton = this.querySelector("[data-go=play]");
    this.offer(true);
    this.setSpeed();
    on(this, "click", (event) => this.click(event));
    on(this, "keydown", (event) => this.key(event));
    // Who clicks looks; the keys that scroll the page are ours after a step by key, or for those who came by key.
    on(this, "pointerdown", ({ target }) => { this.pointed = true; target.closest("text")?.ownerSVGElement.classList.add("marking"); });
    on(document, "pointerup", () => { for (const { svg } of this.pictures) svg.classList.remove("marking"); });
    on(this, "focusout", (event) => { if (!this.contains(event.relatedTarget)) this.pointed = false; });
    on(this.slider, "input", () => this.drag());
    on(this.querySelector(".jump"), "submit", (event) => this.jump(event));
    on(this.querySelector(".jump input[name=step]"), "change", (event) => this.jump(event));
    on(this.querySelector(".speed select"), "change", (event) => { store.set("orrery-speed", event.target.value); if (this.timer) this.play(); });
    // Presented on the whole screen, keys are ours wherever the focus is.
    on(document, "keydown", (event) => { if (this.presented && !this.contains(event.target)) this.key(event); });
    this.sizes = new ResizeObserver(() => {
      if (this.loaded && this.layout() !== this.loaded) this.load();
    });
    this.sizes.observe(this);
    this.load();
  }

  disconnectedCallback() {
    this.pause();
    clearTimeout(this.late);
    clearTimeout(this.rest);
    this.stop.abort();
    this.sizes.disconnect();
  }

  attributeChangedCallback(name, before, after) {
    // The server's page knows of no script: what it is morphed to is live all the same.
    if (name === "class" && this.trace && !this.classList.contains("live")) this.offer(true);
    // The run that is here already, asked for once more, or at another step; not where its page only follows it (act.js).
    if (name === "trace" && before !== null && before !== after && this.pictures && (after !== this.here || this.owed)) { this.ahead = false; this.load(true); }
    if (this.ahead) return;
    if (name === "from" && after !== null && this.pictures) setTimeout(() => { if (this.hasAttribute("from") && !this.owed) this.load(true); });
    if (name === "at" && after === null && this.pictures) setTimeout(() => this.again());
  }

  /** The page has come anew for the run that is here: at another step, or at the same one, where something was refused. */
  again() {
    if (this.hasAttribute("at") || this.owed) return;
    if (Number(this.getAttribute("step")) !== this.step) { this.load(true); return; }
    this.setAttribute("at", this.step);
    this.setAttribute("drawn", this.loaded);
  }

  /** Take over the pictures on the page; those that were here before keep their elements. */
  adopt() {
    const known = new Map((this.pictures || []).map((picture) => [picture.svg, picture]));
    this.pictures = [...this.querySelectorAll("svg.picture")].map((svg) => known.get(svg) || new Picture(svg));
  }

  /** The controls that work only with a run at hand; without one, what works without JavaScript. */
  offer(live) {
    this.classList.toggle("live", live);
    for (const part of this.querySelectorAll(".slider, [data-go=play], .speed")) part.hidden = !live;
    for (const part of this.querySelectorAll("[data-go=present]")) part.hidden = !live || !document.fullscreenEnabled;
  }

  layout() {
    const wide = this.querySelector("svg.wide");
    return wide && wide.getClientRects().length ? "wide" : "narrow";
  }

  /** The run as data: from the page itself where that was saved as a file (keep.js), else from the server. */
  async fetched(address, layout, again = true) {
    if (this.kept) return this.kept(address, layout);
    const response = await fetch(`${address}${address.includes("?") ? "&" : "?"}layout=${layout}`, { signal: this.stop.signal });
    if (response.status === 503 && again) { // others come first: once more when the server says
      await new Promise((resolve) => setTimeout(resolve, 1000 * (Number(response.headers.get("Retry-After")) || 2)));
      return this.fetched(address, layout, false);
    }
    return response.ok ? response.json() : null;
  }

  /** Fetch the run and show its step. `moved`: the run is another one, so marks move to their new places. */
  async load(moved = false) {
    if (moved) this.unfolds = false; // whoever leads to another run says its address
    this.pause();
    clearTimeout(this.late);
    const layout = this.layout();
    const address = this.getAttribute("trace");
    this.loaded = layout;
    if (moved) this.owed ??= [];
    const trace = await this.fetched(address, layout).catch(() => null);
    if (address !== this.getAttribute("trace") || layout !== this.loaded) return; // a newer one is on its way
    const owed = this.owed ?? [];
    moved = Boolean(this.owed);
    this.owed = null;
    if (!trace || trace.format !== FORMAT) { // the server's picture and links keep working
      this.trace = null;
      this.offer(false);
      if (moved && !this.stop.signal.aborted) location.assign(this.address(this.getAttribute("step")));
      return;
    }
    this.take(trace, address);
    if (moved) {
      this.acted = undefined;
      this.step = Number(this.getAttribute("step"));
      this.freshForms();
    }
    // Who has stepped on meanwhile is not played to.
    const to = Math.min(this.step, this.last);
    this.unfold(owed.length ? to : this.begins(to), to, moved);
    for (const to of owed) this.go(to());
    this.dispatchEvent(new CustomEvent("orrery:ready", { bubbles: true }));
  }

  /** The run of an address is here: all of it, or its steps from the `first` on (act.js); the pictures before are then still
      to come. */
  take(trace, here, first = 0) {
    Object.assign(this, { trace, here, first });
    this.offer(true);
    const steps = trace.steps.slice(first);
    this.told = [...(this.told ?? []).slice(0, first), ...besides(steps)];
    this.times = beats(trace);
    // Of the clock: microseconds in its unit, and which of these it tells; whole seconds may say it all.
    const lasts = trace.steps.at(-1).at, coarse = trace.steps.every((step) => step.at % 1e6 === 0);
    this.clock = coarse ? [1e6, "s", 1e6] : lasts >= LONG ? [1e6, "s", 1000] : lasts >= SHORT ? [1000, "ms", 1000] : [1000, "ms", 1];
    this.adopt();
    // Also those beside it that are folded away: they are right when they are opened.
    const shown = this.pictures.filter(({ svg }) => svg.classList.contains(this.loaded) || svg.closest(".beside"));
    for (const picture of this.pictures) picture.states = null;
    for (const picture of shown) {
      const place = Number(picture.svg.dataset.scene);
      picture.load(trace.pictures[place], [...Array(first), ...expand(steps, place)], place ? [] : trace.moves?.things);
    }
    this.slider.max = this.last;
    this.slider.style.setProperty("--steps", Math.max(1, this.last));
    for (const field of this.querySelectorAll(".jump input[name=step]")) field.max = this.last;
    this.slot("last", this.last);
  }

  /** Shows what was just done: from where it begins, played to where it leads. */
  unfold(from, to, moved) {
    this.show(from, { move: moved, quiet: true });
    const goesOn = this.goesOn && from < this.last;
    this.goesOn = false;
    if (goesOn) this.play();
    else if (from < to) this.play([from, to], Math.max(1, (this.times[to] - this.times[from]) / UNFOLDS));
    const { top, bottom } = this.querySelector(".stage").getBoundingClientRect();
    // Of a stage that keeps to the upper part of the window some is always seen.
    if (moved && from < to && (bottom < ENOUGH || top > innerHeight - ENOUGH)) this.querySelector(".stage").scrollIntoView({ block: "start" });
  }

  /** Where a run that has just been asked for is played from: told once, by the server. */
  begins(to) {
    const from = this.getAttribute("from");
    this.removeAttribute("from");
    return from === null || still.matches ? to : Math.min(Number(from), to);
  }

  /** Whether the reader wishes that nothing moves. */
  get still() { return still.matches; }

  get speed() { return Number(this.querySelector(".speed select")?.value ?? 1); }

  get last() { return this.trace.steps.length - 1; }

  /** After an action was accepted its form is empty again; a refused one keeps what was typed. */
  freshForms() {
    if (this.hasAttribute("refused")) return;
    for (const form of this.querySelectorAll(".actions form")) form.reset();
  }

  /** The address of a step of this run as a fragment. */
  asked(step) { return this.getAttribute("fragment") && this.address(step, this.getAttribute("fragment")); }

  address(step, page = this.getAttribute("page")) {
    return Number(step) ? `${page}${page.includes("?") ? "&" : "?"}step=${step}` : page;
  }

  show(step, { move = false, quiet = false } = {}) {
    if (!this.trace) return;
    const from = this.step;
    this.step = Math.max(0, Math.min(step, this.last));
    if (this.step < this.first) { this.past(step); return; }
    const moving = (move || Math.abs(this.step - from) === 1) && !this.dragging && !still.matches;
    const rate = this.playing?.speed ?? 1;
    if (moving && this.rate !== rate) this.style.setProperty("--rate", this.rate = rate); // all marks are styled for it
    // What eases sets out from where the step before has it, also where no frame has shown that one.
    if (moving) this.getClientRects();
    for (const picture of this.pictures) {
      if (!picture.states) continue;
      picture.svg.classList.toggle("moving", moving);
      picture.set(this.step, moving && rate, this.step < from && !move);
    }
    // From then on the next step has nothing to finish.
    clearTimeout(this.rest);
    if (moving) this.rest = setTimeout(() => { for (const picture of this.pictures) picture.rest(); }, (WHOLE + 40) / rate);
    this.tell(quiet);
  }

  /** Somebody goes back to before an act: what was there is drawn now. */
  past(step) {
    if (this.owed) { this.owed.push(() => step); return; } // it is on its way
    this.owed = [() => step];
    this.load();
  }

  /** What stands beside the picture, of the step that it shows. */
  tell(quiet) {
    const told = this.trace.steps[this.step];
    this.slot("step", this.step);
    this.slot("say", told.say);
    this.slot("rests", "");
    const [per, unit, least] = this.clock;
    this.slot("clock", `${(least === per ? ROUND : FINE).format(Math.floor(told.at / least) * least / per)} ${unit}`);
    this.slider.value = this.step;
    this.slider.setAttribute("aria-valuetext", `${this.step}: ${told.say}`);
    for (const input of this.querySelectorAll(".jump input[name=step], input[data-step]")) input.value = this.step;
    for (const [name, to] of [["first", 0], ["back", this.step - 1], ["next", this.step + 1], ["last", this.last]]) {
      for (const link of this.querySelectorAll(`a[data-go=${name}]`)) link.href = this.address(Math.max(0, Math.min(to, this.last)));
    }
    const here = this.querySelector("[data-slot=here]");
    if (here) here.href = this.address(this.step);
    for (const code of this.querySelectorAll("[data-pattern]")) {
      code[code.href ? "href" : "value"] = code.dataset.pattern.replace(/\{([^{}]*)step\}/g, (place, sign) => this.step ? `${sign}step=${this.step}` : "");
    }
    const own = this.querySelector("[data-slot=own]");
    if (own) own.href = this.address(this.step, own.dataset.page);
    this.beside();
    this.line(told.line);
    this.predict();
    if (!quiet && this.closest("[data-owns-address]")) this.follow();
    this.setAttribute("at", this.step);
    this.setAttribute("drawn", this.loaded);
    this.dispatchEvent(new CustomEvent("orrery:shown", { bubbles: true }));
  }

  /** The address follows the step, but not a hundred times in half a minute, which browsers refuse: twenty
      changes at once, then one each 400 ms. A step by hand is written at once, so that Back finds it done. */
  follow() {
    clearTimeout(this.late);
    const now = performance.now();
    this.free = Math.min(20, (this.free ?? 20) + (now - (this.followed ?? now)) / 400);
    this.followed = now;
    if (this.free < 1) { this.late = setTimeout(() => this.follow(), 400); return; }
    this.free -= 1;
    history.replaceState(history.state, "", this.address(this.step));
  }

  slot(name, text) {
    for (const slot of this.querySelectorAll(`[data-slot=${name}]`)) if (slot.textContent !== String(text)) slot.textContent = text;
  }

  beside() {
    const { metrics, names, table } = this.told[this.step];
    for (const { svg } of this.pictures) if (svg.getAttribute("aria-label") !== names[svg.dataset.scene]) svg.setAttribute("aria-label", names[svg.dataset.scene]);
    const figures = this.querySelector("[data-slot=metrics]");
    if (!figures) return; // a question leaves the rest out
    const make = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
    if (figures.told !== metrics) {
      figures.told = metrics;
      figures.replaceChildren(...metrics.map(([label, value, note]) => {
        const row = document.createElement("div"), cell = document.createElement("dd");
        cell.append(make("b", value), " ", make("span", note));
        row.append(make("dt", label), cell);
        return row;
      }));
    }
    const state = this.querySelector("[data-slot=state]");
    if (state.told === table) return;
    state.told = table;
    const row = (tag, cells) => { const line = document.createElement("tr"); line.append(...cells.map((cell) => make(tag, cell))); return line; };
    const [head = [], ...rows] = table;
    state.tHead.replaceChildren(row("th", head));
    state.tBodies[0].replaceChildren(...rows.map((cells) => row("td", cells)));
  }

  /** Show the function in which the step's line stands, and mark the line. */
  line(place) {
    const listings = this.querySelector(".listings");
    if (!listings) return;
    listings.querySelector(".now")?.classList.remove("now");
    // Before the first line its function is seen, and no line is marked.
    const at = place ?? this.trace.steps.find((step) => step.line)?.line;
    if (!at) return;
    const [file, number] = [this.trace.files[at[0]], at[1]];
    for (const figure of listings.children) {
      const line = figure.dataset.file === file && figure.querySelector(`li[value="${number}"]`);
      figure.hidden = !line;
      if (line && place) {
        line.classList.add("now");
        // Asking where the line stands makes the browser lay out the page: once a frame is enough.
        this.scrolling ||= requestAnimationFrame(() => {
          this.scrolling = 0;
          const now = listings.querySelector(".now");
          if (now) listings.scrollTop = now.offsetTop - listings.clientHeight / 2;
        });
      }
    }
  }

  // Predict: the player stops at the marked step and asks.

  get asking() {
    const panel = this.querySelector(".predict");
    return panel && !panel.hasAttribute("data-answered") ? panel : null;
  }

  predict() {
    const panel = this.querySelector(".predict");
    if (!panel) return;
    const open = this.asking && this.step >= Number(panel.dataset.stop);
    const pick = open && panel.dataset.form === "pick";
    this.classList.toggle("asking", Boolean(open));
    // The parts of an image are not there for a screen reader; those of a group are.
    for (const { svg } of this.pictures) svg.setAttribute("role", pick ? "group" : "img");
    for (const thing of this.querySelectorAll("svg [data-pick]")) {
      const can = pick && panel.querySelector(`input[value="${CSS.escape(thing.dataset.pick)}"]`);
      thing.toggleAttribute("data-open", Boolean(can));
      const row = can && thing.dataset.key.startsWith("row:");
      if (row) { thing.setAttribute("tabindex", "0"); thing.setAttribute("role", "button"); }
      else { thing.removeAttribute("tabindex"); thing.removeAttribute("role"); }
    }
  }

  pick(thing) {
    const input = this.asking?.querySelector(`input[value="${CSS.escape(thing.dataset.pick)}"]`);
    if (!input) return false;
    input.checked = true;
    input.form.requestSubmit();
    return true;
  }

  /** True where stepping to `step` would go on from a question without an answer to it; the question gets the focus.
      From where it is asked that is any step that is not before it: the run is known up to there. */
  held(step) {
    const panel = this.asking, stop = Number(panel?.dataset.stop);
    if (!panel || this.step > stop || step < stop || (step === stop && this.step < stop)) return false;
    this.pause();
    this.show(stop);
    panel.querySelector("input[type=radio]:checked, input[type=radio]").focus();
    panel.classList.add("called");
    return true;
  }

  /** Go there; while another run is on its way, as soon as it is here. */
  soon(to) {
    if (this.owed) this.owed.push(to); else this.go(to());
  }

  go(step) {
    if (!this.held(step)) this.show(step);
  }

  // What the reader does.

  click(event) {
    const thing = event.target.closest("[data-open]");
    if (thing && getSelection().isCollapsed && this.pick(thing)) return;
    // In a lesson one starts again with the run that the lesson began with, and stays there.
    if (event.target.closest("[data-again]") && window.htmx && !this.closest("[data-owns-address]")) {
      event.preventDefault();
      window.htmx.ajax("GET", this.began, { target: this, swap: "outerMorph" });
      return;
    }
    const link = event.target.closest("a[data-go], a[data-step], button[data-step], button[data-go]");
    if (!link || !this.trace || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (link.dataset.go === "play") { this.timer ? this.pause() : this.play(); return; }
    if (link.dataset.go === "present") { this.present(); return; }
    this.pause();
    this.soon(() => ({ first: 0, back: this.step - 1, next: this.step + 1, last: this.last })[link.dataset.go] ?? Number(link.dataset.step));
    if (link.dataset.step && !this.hasAttribute("embedded")) this.querySelector(".stage").scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (!this.trace || event.altKey || event.ctrlKey || event.metaKey) return;
    const thing = event.target.closest("[data-open]");
    if (thing && (event.key === "Enter" || event.key === " ") && this.pick(thing)) { event.preventDefault(); return; }
    if (event.target.closest("input:not(.slider), select, textarea, details, .listings")) return;
    const ranged = event.target === this.slider;
    if (this.pointed && !ranged && !this.presented && ["Home", "End", " "].includes(event.key)) return;
    const pages = this.presented ? { PageUp: -1, PageDown: 1 } : {};
    const by = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity, ...pages }[event.key];
    if (by && !ranged) { event.preventDefault(); this.pointed = false; this.pause(); this.soon(() => this.step + by); }
    if (event.key === " " && !event.target.closest("button, a, label")) { event.preventDefault(); this.timer ? this.pause() : this.play(); }
  }

  /** Many input events, one painting a frame. */
  drag() {
    this.pause();
    if (this.dragging) return;
    this.dragging = requestAnimationFrame(() => {
      this.go(Number(this.slider.value));
      this.dragging = 0;
      this.slider.value = this.step;
    });
  }

  jump(event) {
    if (!this.trace) return;
    event.preventDefault();
    const wanted = this.querySelector(".jump input[name=step]").value;
    this.pause();
    if (/^\d+$/.test(wanted)) this.go(Number(wanted));
    this.querySelector(".jump input[name=step]").value = this.step;
  }

  setSpeed() {
    const saved = store.get("orrery-speed"), select = this.querySelector(".speed select");
    if (saved && select && [...select.options].some((option) => option.value === saved)) select.value = saved;
  }

  /** From here to the next stop, or to the end; of a loop, from its first step to its last and again; once over a
      stretch of steps. */
  play(stretch, speed = this.speed) {
    this.pause();
    if (!this.trace) return;
    const loop = !stretch && this.getAttribute("loop")?.split("-").map((step) => Math.min(step, this.last));
    const [from, to] = stretch || loop || [0, this.last];
    if (!stretch && this.step >= to && this.held(to + 1)) return;
    if (this.step < from || this.step >= to) this.show(from);
    const began = this.step;
    // Nobody is told every step of what plays, only where it rests.
    this.querySelector(".narration").ariaLive = "off";
    const wait = () => {
      // What plays between this step and the next: since when, and how fast.
      this.playing = { step: this.step, since: performance.now(), speed };
      const beat = this.step < to ? this.times[this.step + 1] - this.times[this.step] : BEAT;
      // A surprise: what it tells of lands, and there it rests.
      const rests = this.trace.steps[this.step].stop && this.step !== began && !loop && !stretch;
      this.timer = rests ? setTimeout(() => { this.pause(); if (this.step < to) this.slot("rests", "Look: play goes on."); }, LEAST / speed) : setTimeout(next, beat / speed);
    };
    const next = () => {
      if (this.step >= to) this.show(from);
      else if (stretch) this.show(this.step + 1, { quiet: true });
      else this.go(this.step + 1);
      if (!this.timer) return; // a question holds it
      if (loop || this.step < to) { wait(); return; }
      this.pause();
      this.held(to + 1);
    };
    wait();
    this.unfolds = Boolean(stretch);
    this.playButton?.setAttribute("aria-pressed", "true");
    this.dispatchEvent(new CustomEvent("orrery:play", { bubbles: true }));
  }

  pause() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.playing = null;
    // The address told where it would lead; it tells where it was stopped.
    if (this.unfolds && this.closest("[data-owns-address]")) this.follow();
    this.unfolds = false;
    this.playButton?.setAttribute("aria-pressed", "false");
    const narration = this.querySelector(".narration");
    if (narration?.ariaLive !== "off") return;
    narration.ariaLive = "polite";
    const say = narration.querySelector("[data-slot=say]"); // written again: it is heard where it rests
    say.replaceChildren(say.textContent);
  }

  /** What takes the whole screen; of a widget its page, which stays when another run takes this one's place. */
  get whole() { return this.hasAttribute("embedded") ? document.documentElement : this; }

  get presented() { return document.fullscreenElement === this.whole; }

  /** On the whole screen: picture, narration, buttons, and the keys of a presenter's remote. */
  async present() {
    if (this.presented) { document.exitFullscreen(); return; }
    await this.whole.requestFullscreen().catch(() => {});
    this.querySelector(".stage").focus();
  }
}

customElements.define("orrery-player", OrreryPlayer);
