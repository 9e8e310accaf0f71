/* Answering on the picture. A question (.asked) holds a player and a list of radio buttons; whatever the picture
   calls as one of them (`data-pick`) can be chosen there too. The radio buttons are the truth: a change of theirs is
   what happens, whoever made it. */

const SVG = "http://www.w3.org/2000/svg";
const make = (tag, attributes, parent) => {
  const made = document.createElementNS(SVG, tag);
  for (const name in attributes) made.setAttribute(name, attributes[name]);
  return parent.appendChild(made);
};

/** The place of a thing in units of its picture. */
function box(thing) {
  const own = thing.getBBox(), to = thing.ownerSVGElement.getScreenCTM().inverse().multiply(thing.getScreenCTM());
  const { x, y } = new DOMPoint(own.x, own.y).matrixTransform(to); // pictures neither turn nor lean
  return { x, y, width: own.width * to.a, height: own.height * to.d };
}

/** A ring around a thing, and a plate with words, if any: beside what stands in a list, else above it. */
function ring(layer, thing, kind, words) {
  const { x, y, width, height } = box(thing), far = kind === "mine" ? 3 : 6, all = layer.ownerSVGElement.viewBox.baseVal.width;
  const group = make("g", { class: `pick-${kind}` }, layer);
  const round = Math.abs(width - height) < 3 ? width / 2 + far : 5;
  make("rect", { x: x - far, y: y - far, width: width + 2 * far, height: height + 2 * far, rx: round }, group);
  if (!words) return;
  const text = make("text", { class: "t-name" }, group);
  text.textContent = words;
  const wide = text.getComputedTextLength() + 12, middle = x + width / 2 - wide / 2, right = x + width + far + 2, left = x - far - 2 - wide;
  const aside = thing.localName === "text" || width > 2 * height, most = all - wide;
  const from = !aside ? Math.max(0, Math.min(middle, most)) : right < most ? right : left > 0 ? left : most;
  const line = aside ? y + height / 2 - 9 : y > 26 ? y - far - 20 : y + height + far + 2;
  make("rect", { class: "plate", x: from, y: line, width: wide, height: 18, rx: 3 }, group);
  text.setAttribute("x", from + 6);
  text.setAttribute("y", line + 13.5);
  group.append(text);
}

class Picking {
  constructor(asked) {
    this.asked = asked;
    this.player = asked.querySelector("orrery-player");
    this.radios = [...asked.querySelectorAll("input[type=radio]")];
    this.byPicture = asked.hasAttribute("data-picked");
    this.now = 0;
    const on = (type, listener) => asked.addEventListener(type, listener);
    new MutationObserver(() => this.draw()).observe(this.player, { attributeFilter: ["at"] });
    on("change", () => this.draw());
    if (this.byPicture) {
      on("click", (event) => { const thing = getSelection().isCollapsed && event.target.closest("svg [data-pick]"); if (thing) this.choose(thing.dataset.pick); });
      on("keydown", (event) => this.key(event));
      on("focusin", (event) => this.focus(event));
      on("focusout", (event) => this.focus(event));
    }
    this.draw();
  }

  get svg() { return [...this.asked.querySelectorAll("svg.picture")].find((svg) => svg.getClientRects().length); }

  /** The mark of each answer that is in the picture now, in the order of the list: of several a large one, or the first. */
  things() {
    const svg = this.svg, size = (thing) => { const { width, height } = thing.getBBox(); return width * height; };
    return this.radios.map(({ value }) => [...svg?.querySelectorAll(`[data-pick="${CSS.escape(value)}"]`) ?? []])
      .filter((marks) => marks.length).map((marks) => marks.find((one) => size(one) > 2 * size(marks[0])) ?? marks[0]);
  }

  get chosen() { return this.radios.find((one) => one.checked); }

  choose(value) { this.mark(this.radios.find((one) => one.value === value), true); }

  mark(radio, checked) {
    if (!radio || radio.checked === checked) return;
    radio.checked = checked;
    const list = radio.closest(".many"); // which scrolls, while the page stays
    if (list) list.scrollTop = radio.parentNode.offsetTop - list.clientHeight / 2;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") { this.mark(this.chosen, false); return; }
    const things = this.things(), at = things.indexOf(event.target.closest("[data-pick]"));
    if (at < 0) return;
    const by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1, Home: -at, End: things.length - 1 - at }[event.key];
    if (by !== undefined) things[(at + by + things.length) % things.length].focus();
    else if (event.key === "Enter" || event.key === " ") this.choose(things[at].dataset.pick);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  focus({ type, target }) {
    const at = this.things().indexOf(target);
    if (at >= 0) this.now = at;
    this.focused = type === "focusin" && at >= 0 && target.matches(":focus-visible");
    this.draw();
  }

  draw() {
    // What belongs to one step of the run is shown at that step.
    const at = this.player.getAttribute("at");
    for (const part of this.asked.querySelectorAll("[data-at]")) part.toggleAttribute("hidden", !!at && part.dataset.at !== at);
    const svg = this.svg;
    if (!svg || !this.byPicture) return;
    const things = this.things(), chosen = this.chosen?.value;
    svg.querySelector(".picks")?.remove();
    const layer = make("g", { class: "picks", "aria-hidden": "true" }, svg);
    svg.setAttribute("role", "radiogroup");
    this.now = Math.min(this.now, things.length - 1);
    things.forEach((thing, place) => {
      const held = thing.dataset.pick === chosen, focused = this.focused && place === this.now;
      thing.setAttribute("role", "radio");
      if (!thing.hasAttribute("aria-label")) thing.setAttribute("aria-label", thing.dataset.pick);
      thing.setAttribute("aria-checked", held);
      thing.setAttribute("tabindex", place === this.now ? 0 : -1);
      if (held) ring(layer, thing, "mine", focused ? "" : "yours");
      if (focused) ring(layer, thing, "focus", `${thing.dataset.pick} · ${place + 1} of ${things.length}${held ? " · yours" : ""}`);
    });
  }
}

const taken = new WeakSet();

/** Takes the questions of a part of the page in hand, each once; called again when one has come later. */
export function pickIn(root) {
  for (const asked of root.querySelectorAll(".asked:has(orrery-player)")) {
    if (!taken.has(asked)) new Picking(asked);
    taken.add(asked);
  }
}

pickIn(document);
