/* <orrery-player trace="…" page="…" step="7">: steps through a run that the server has drawn.

   The server's HTML works alone: every step is a link and every form submits. This module takes over
   the stepping: it fetches the trace (frame 0 and keyed patches), expands it once to states, and sets
   states. It never undoes, so step k looks the same from wherever one came. When `trace` changes (an
   action, new inputs), marks with the same key move from their old places to the new ones. */

import { Picture, besides, expand } from "./picture.js";

const FORMAT = 1;
const still = matchMedia("(prefers-reduced-motion: reduce)");

const store = {
  get(key) { try { return localStorage.getItem(key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(key, value); } catch { /* private window: forget it */ } },
};

class OrreryPlayer extends HTMLElement {
  static observedAttributes = ["trace"];

  connectedCallback() {
    this.stop = new AbortController();
    const on = (target, type, listener) => target.addEventListener(type, listener, { signal: this.stop.signal });
    this.step = Number(this.getAttribute("step"));
    this.adopt();
    this.slider = this.querySelector(".slider");
    this.playButton = this.querySelector("[data-go=play]");
    this.offer(true);
    this.setSpeed();
    on(this, "click", (event) => this.click(event));
    on(this, "keydown", (event) => this.key(event));
    on(this.slider, "input", () => this.drag());
    on(this.querySelector(".jump"), "submit", (event) => this.jump(event));
    on(this.querySelector(".jump input[name=step]"), "change", (event) => this.jump(event));
    on(this.querySelector(".speed select"), "change", (event) => { store.set("orrery-speed", event.target.value); if (this.timer) this.play(); });
    on(document, "htmx:before:history:update", (event) => this.history(event));
    // Presented on the whole screen, keys are ours wherever the focus is.
    on(document, "keydown", (event) => { if (this.presented && !this.contains(event.target)) this.key(event); });
    this.sizes = new ResizeObserver(() => {
      if (this.loaded && this.layout() !== this.loaded) this.load();
      if (this.hasAttribute("embedded")) this.tellHeight();
    });
    this.sizes.observe(this);
    this.load();
  }

  disconnectedCallback() {
    this.pause();
    clearTimeout(this.late);
    clearTimeout(this.later);
    clearTimeout(this.rest);
    this.stop.abort();
    this.sizes.disconnect();
  }

  attributeChangedCallback(name, before, after) {
    if (before !== null && before !== after && this.pictures) this.load(true);
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

  /** The run as data: from the page itself where that was saved as a file, else from the server. */
  async fetched(address, layout) {
    const saved = this.querySelector(`script[data-layout=${layout}]`);
    if (saved) {
      const bytes = Uint8Array.from(atob(saved.textContent), (sign) => sign.charCodeAt());
      return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
    }
    const response = await fetch(`${address}${address.includes("?") ? "&" : "?"}layout=${layout}`, { signal: this.stop.signal });
    return response.ok ? response.json() : null;
  }

  /** Fetch the run and show its step. `moved`: the run is another one, so marks move to their new places. */
  async load(moved = false) {
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
    this.trace = trace;
    this.offer(true);
    this.told = besides(trace.steps);
    this.coarse = trace.steps.every((step) => step.at % 1e6 === 0); // whole seconds say it all
    this.adopt();
    const shown = this.pictures.filter(({ svg }) => svg.getClientRects().length);
    for (const picture of this.pictures) picture.states = null;
    for (const picture of shown) {
      const place = Number(picture.svg.dataset.scene);
      picture.load(trace.pictures[place], expand(trace.steps, place));
    }
    this.slider.max = trace.steps.length - 1;
    this.slider.style.setProperty("--steps", Math.max(1, this.last));
    this.querySelector(".jump input[name=step]").max = this.last;
    this.slot("last", this.last);
    if (moved) {
      this.acted = undefined;
      this.step = Number(this.getAttribute("step"));
      this.freshForms();
    }
    this.show(Math.min(this.step, this.last), { move: moved, quiet: true });
    for (const to of owed) this.go(to());
    this.dispatchEvent(new CustomEvent("orrery:ready", { bubbles: true }));
  }

  get last() { return this.trace.steps.length - 1; }

  /** After an action was accepted its form is empty again; a refused one keeps what was typed. */
  freshForms() {
    if (this.hasAttribute("refused")) return;
    for (const form of this.querySelectorAll(".actions form")) form.reset();
  }

  address(step, page = this.getAttribute("page")) {
    return Number(step) ? `${page}${page.includes("?") ? "&" : "?"}step=${step}` : page;
  }

  show(step, { move = false, quiet = false } = {}) {
    if (!this.trace) return;
    const from = this.step;
    this.step = Math.max(0, Math.min(step, this.last));
    const told = this.trace.steps[this.step];
    const moving = (move || Math.abs(this.step - from) === 1) && !this.dragging && !still.matches;
    for (const picture of this.pictures) {
      if (!picture.states) continue;
      picture.svg.classList.toggle("moving", moving);
      picture.set(this.step);
    }
    // What has come to rest is a plain picture again: another layout that is shown later does not fade in.
    clearTimeout(this.rest);
    if (moving) this.rest = setTimeout(() => { for (const { svg } of this.pictures) svg.classList.remove("moving"); }, 400);
    this.slot("step", this.step);
    this.slot("say", told.say);
    const digits = { minimumFractionDigits: this.coarse ? 0 : 3 };
    this.slot("clock", `${(told.at / (this.coarse ? 1e6 : 1000)).toLocaleString("en-GB", digits)} ${this.coarse ? "s" : "ms"}`);
    this.slider.value = this.step;
    this.slider.setAttribute("aria-valuetext", `${this.step}: ${told.say}`);
    this.querySelector(".jump input[name=step]").value = this.step;
    for (const input of this.querySelectorAll("input[data-step]")) input.value = this.step;
    for (const [name, to] of [["first", 0], ["back", this.step - 1], ["next", this.step + 1], ["last", this.last]]) {
      this.querySelector(`[data-go=${name}]`).href = this.address(Math.max(0, Math.min(to, this.last)));
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
    this.choices();
  }

  /** What can be acted on depends on what has been done by this step: forms are fetched anew when that changes. */
  choices() {
    const act = this.trace.steps[this.step].act;
    this.acted ??= act;
    clearTimeout(this.later);
    if (act === this.acted) return;
    this.later = setTimeout(async () => {
      const forms = this.querySelector(".actions");
      if (!forms || forms.contains(document.activeElement)) return; // never under the reader's hands
      const fragment = this.getAttribute("fragment"), step = this.step;
      try {
        const response = await fetch(`${fragment}${fragment.includes("?") ? "&" : "?"}step=${step}`, { signal: this.stop.signal });
        if (!response.ok || fragment !== this.getAttribute("fragment")) return;
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        const fresh = page.querySelector(".actions");
        this.acted = act;
        forms.replaceWith(fresh);
        for (const input of fresh.querySelectorAll("input[data-step]")) input.value = this.step;
        window.htmx?.process(fresh);
      } catch { /* the forms stay as they are; what cannot be done is refused with a sentence */ }
    }, 300);
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
    if (!place) return;
    const [file, number] = [this.trace.files[place[0]], place[1]];
    for (const figure of listings.children) {
      const line = figure.dataset.file === file && figure.querySelector(`li[value="${number}"]`);
      figure.hidden = !line;
      if (line) {
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

  /** True where stepping to `step` would give an unanswered question's answer away; the question gets the focus. */
  held(step) {
    const panel = this.asking;
    if (!panel || step <= Number(panel.dataset.stop) || this.step > Number(panel.dataset.stop)) return false;
    this.pause();
    this.show(Number(panel.dataset.stop));
    panel.querySelector("input[type=radio]:checked, input[type=radio]").focus();
    panel.classList.add("called");
    return true;
  }

  /** Go there; while another run is on its way, as soon as it is here. */
  soon(to) {
    if (this.owed) this.owed.push(to); else this.go(to());
  }

  go(step) {
    const to = Math.max(0, Math.min(step, this.last));
    if (!this.held(to)) this.show(to);
  }

  // What the reader does.

  click(event) {
    const thing = event.target.closest("[data-open]");
    if (thing && this.pick(thing)) return;
    const more = event.target.closest(".source-more:not([data-asked])");
    if (more) this.code(more);
    const widget = this.hasAttribute("embedded"), button = event.target.closest("form button:not([type=button], [data-step], [data-go])");
    if (widget && button) { event.preventDefault(); this.send(button); return; }
    const link = event.target.closest("a[data-go], a[data-step], button[data-step], button[data-go], .copy");
    if (!link || !this.trace || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (link.matches(".copy")) { this.copy(); return; }
    event.preventDefault();
    if (link.dataset.go === "play") { this.timer ? this.pause() : this.play(); return; }
    if (link.dataset.go === "present") { this.present(); return; }
    this.pause();
    if (link.closest(".verdict")) this.querySelector(".predict").setAttribute("data-answered", "");
    this.soon(() => ({ first: 0, back: this.step - 1, next: this.step + 1, last: this.last })[link.dataset.go] ?? Number(link.dataset.step));
    if (link.dataset.step && !widget) this.querySelector(".stage").scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (!this.trace || event.altKey || event.ctrlKey || event.metaKey) return;
    const thing = event.target.closest("[data-open]");
    if (thing && (event.key === "Enter" || event.key === " ") && this.pick(thing)) { event.preventDefault(); return; }
    if (event.target.closest("input:not(.slider), select, textarea, details, .listings")) return;
    const ranged = event.target === this.slider;
    const pages = this.presented ? { PageUp: -1, PageDown: 1 } : {};
    const by = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity, ...pages }[event.key];
    if (by && !ranged) { event.preventDefault(); this.pause(); this.soon(() => this.step + by); }
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
    if (saved && [...select.options].some((option) => option.value === saved)) select.value = saved;
  }

  /** From here to the end; of a loop, from its first step to its last and again. */
  play() {
    this.pause();
    if (!this.trace) return;
    const loop = this.getAttribute("loop")?.split("-").map((step) => Math.min(step, this.last));
    const [from, to] = loop ?? [0, this.last];
    if (this.step < from || this.step >= to) this.show(from);
    this.timer = setInterval(() => {
      if (this.step >= to) this.show(from); else this.go(this.step + 1);
      if (!loop && this.step === to) this.pause();
    }, Number(this.querySelector(".speed select").value));
    this.playButton.setAttribute("aria-pressed", "true");
  }

  pause() {
    clearInterval(this.timer);
    this.timer = 0;
    this.playButton?.setAttribute("aria-pressed", "false");
  }

  get presented() { return document.fullscreenElement === this; }

  /** On the whole screen: picture, narration, buttons, and the keys of a presenter's remote. */
  async present() {
    if (this.presented) { document.exitFullscreen(); return; }
    await this.requestFullscreen().catch(() => {});
    this.querySelector(".stage").focus();
  }

  async copy() {
    const said = this.querySelector(".copied");
    try {
      await navigator.clipboard.writeText(new URL(this.address(this.step), location.href).href);
      said.textContent = "Copied.";
    } catch { said.textContent = "Copy it from the link itself."; }
    setTimeout(() => { said.textContent = ""; }, 3000);
  }

  /** In a widget the code is fetched when somebody wants to read it. */
  async code(more) {
    more.dataset.asked = "";
    try {
      const page = new DOMParser().parseFromString(await (await fetch(more.dataset.from)).text(), "text/html");
      more.append(document.importNode(page.querySelector(".source"), true));
      this.line(this.trace.steps[this.step].line);
    } catch { delete more.dataset.asked; /* the next click tries again */ }
  }

  /** A widget tells its host how high it is: in our words, in WordPress's, in those of learning platforms. */
  tellHeight() {
    const height = Math.ceil(this.getBoundingClientRect().height);
    if (parent === window || height === this.told_height) return;
    this.told_height = height;
    const secret = /secret=(\w+)/.exec(location.hash)?.[1];
    for (const message of [{ orrery: "height", height }, { subject: "lti.frameResize", height }, secret && { message: "height", value: height, secret }]) {
      if (message) parent.postMessage(message, "*");
    }
  }

  /** In a frame that may send no form (a sandbox), what a button would send is fetched. */
  async send(button) {
    const form = button.form, verb = form.dataset.verb;
    const told = new URLSearchParams(new FormData(form, button));
    try {
      const response = await fetch(`${form.getAttribute("action")}?${told}`);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const next = document.importNode(page.querySelector("orrery-player"), true);
      const open = [...this.querySelectorAll("details:not(.source-more)")].map((part) => part.open);
      next.querySelectorAll("details:not(.source-more)").forEach((part, place) => { part.open ||= open[place]; });
      this.replaceWith(next);
      (next.querySelector(`form[data-verb="${verb}"] button`) ?? next.querySelector(".stage")).focus({ preventScroll: true });
    } catch { this.slot("say", "The site does not answer. Try again in a moment."); }
  }

  /** In a lesson the address is the lesson's: a player's fragment does not push its own. */
  history(event) {
    const source = event.detail.sourceElement;
    const mine = this.contains(source) || source?.matches("[data-operates]");
    if (mine && !this.closest("[data-owns-address]")) event.preventDefault();
  }
}

customElements.define("orrery-player", OrreryPlayer);
document.addEventListener("htmx:after:swap", (event) => {
  // A link of the text has operated a player, which may stand above the window.
  const link = event.detail?.ctx?.sourceElement?.closest("[data-operates]");
  if (link) document.querySelector(link.getAttribute("hx-target"))?.querySelector(".stage").scrollIntoView({ block: "nearest" });
  for (const verdict of document.querySelectorAll(".predict .verdict .right")) {
    const panel = verdict.closest(".predict");
    panel.setAttribute("data-answered", "");
    panel.closest("orrery-player").predict();
  }
});
