/* The first page: on its map, where one has been (from this device alone), and the area that an address names is opened. */

import { places } from "./place.js";

const map = document.querySelector(".orrery");
let plain; // what the sun says to strangers

const heard = (text) => Object.assign(document.createElement("em"), { className: "for-ears", textContent: text });

/** How much of each area was visited, as brass and in words. */
function mark() {
  const begun = places.all();
  let all = 0;
  for (const item of map.querySelectorAll(".bodies > li")) {
    const lessons = [...item.querySelectorAll("a[data-lesson]")], count = item.querySelector(".count"), arc = item.querySelector("circle.been");
    const been = lessons.filter((one) => one.dataset.lesson in begun);
    for (const one of lessons) {
      one.classList.toggle("been", been.includes(one));
      one.querySelector(".for-ears")?.remove();
      if (been.includes(one)) one.append(heard(begun[one.dataset.lesson].done ? ", read" : ", begun"));
    }
    all += been.length;
    count.dataset.plain ??= count.textContent;
    if (been.length) count.replaceChildren(`${been.length} of ${lessons.length}`, heard(" visited")); else count.textContent = count.dataset.plain;
    if (been.length) arc.setAttribute("stroke-dasharray", `${100 * been.length / lessons.length} 100`); else arc.removeAttribute("stroke-dasharray");
  }
  const sun = map.querySelector("[data-sun]");
  plain ??= [...sun.childNodes];
  if (all) sun.replaceChildren(Object.assign(document.createElement("b"), { textContent: all }), ` of ${sun.dataset.sun} visited`);
  else sun.replaceChildren(...plain);
  for (const words of document.querySelectorAll("[data-visited]")) words.hidden = !all;
}

/** Browsers that do not open what an address names are helped. */
function open() {
  const named = location.hash.startsWith("#area-") && document.getElementById(location.hash.slice(1));
  if (named) named.closest("details").open = true;
}

if (map) {
  mark();
  open();
  addEventListener("hashchange", open);
  document.querySelector("[data-forget]")?.addEventListener("click", () => mark());
}

// What was pressed is gone once something was done: whoever came by key goes on at the picture.
document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail?.ctx?.sourceElement?.closest(".hero [data-operates]")) document.querySelector(".hero-model .stage").focus({ preventScroll: true });
});

/* What swaps a run for another, and the hands for what comes then, are fetched when somebody reaches for the hero; until
   they are here, a press waits for them. */
const hero = document.querySelector(".hero");
let reached = null, ready = false;

const script = (src, type) => new Promise((done, failed) => {
  document.head.append(Object.assign(document.createElement("script"), { src, type, onload: done, onerror: failed }));
});

function reach() {
  const { swaps, hands } = hero.querySelector("[data-swaps]").dataset;
  // In this order: what acts asks at once for what swaps.
  reached ??= script(swaps, "").then(() => Promise.all(hands.split(" ").map((one) => script(one, "module")))).then(() => { window.htmx.process(document.body); ready = true; });
  return reached;
}

for (const reaching of ["pointerover", "focusin", "touchstart"]) hero?.addEventListener(reaching, () => { reach().catch(() => {}); }, { once: true, passive: true });
hero?.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-operates]");
  if (!link || ready || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  await reach().then(() => link.click(), () => location.assign(link.href));
}, true);
