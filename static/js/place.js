/* Where the reader stopped: kept on this device only, in one entry of its storage.

   A lesson (<article class="lesson" data-slug="…">) notes the last heading that was reached and offers to
   go on there; a page with <section class="places"> lists the lessons that were begun. Without storage or
   without JavaScript nothing is offered. */

const KEY = "orrery:places";
const MOST = 100;

export const places = {
  all() { try { return JSON.parse(localStorage.getItem(KEY)) ?? {}; } catch { return {}; } },
  keep(slug, place) {
    const all = { ...this.all(), [slug]: place };
    const latest = Object.entries(all).sort(([, a], [, b]) => b.when - a.when).slice(0, MOST);
    try { localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(latest))); } catch { /* private window */ }
  },
  forget() { try { localStorage.removeItem(KEY); } catch { /* nothing was kept */ } },
};

const words = (place) => place.done ? "read to the end" : `at “${place.heading}”`;

function link(address, text) {
  const made = document.createElement("a");
  made.href = address;
  made.textContent = text;
  return made;
}

/** Notes the heading under which the reader is, whenever the page rests. */
function follow(lesson) {
  const headings = [...lesson.querySelectorAll(".prose > h2[id]")];
  const title = lesson.querySelector("h1").textContent;
  let waiting = 0;
  const note = () => {
    const reached = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 2);
    const last = reached.at(-1);
    bead(lesson, reached.map(({ id }) => id), last?.id);
    if (!last) return;
    const done = lesson.querySelector(":scope > footer").getBoundingClientRect().top < innerHeight;
    places.keep(lesson.dataset.slug, { title, at: last.id, heading: last.textContent, done, when: Date.now() });
  };
  addEventListener("scroll", () => { clearTimeout(waiting); waiting = setTimeout(note, 300); }, { passive: true });
  addEventListener("pagehide", note);
}

/** The rail: chapters that were reached, and the one where the reader is. */
function bead(lesson, reached, here) {
  const beads = [...lesson.querySelectorAll(".rail a")], now = here && beads.findLast((one) => reached.includes(one.hash.slice(1)));
  for (const one of beads) {
    if (reached.includes(one.hash.slice(1))) one.classList.add("reached");
    if (one === now) one.setAttribute("aria-current", "location"); else one.removeAttribute("aria-current");
  }
}

/** A line under the lesson's head: where the reader stopped the last time. */
function offer(lesson) {
  const place = places.all()[lesson.dataset.slug];
  const line = lesson.querySelector(".go-on"), headings = [...lesson.querySelectorAll(".prose > h2[id]")].map(({ id }) => id);
  if (place) bead(lesson, headings.slice(0, headings.indexOf(place.at) + 1));
  if (!place || place.done || location.hash || scrollY > 0) return;
  if (!document.getElementById(place.at)) return;
  line.append("You stopped ", link(`#${place.at}`, words(place)), ".");
  line.hidden = false;
}

/** The lessons that were begun, the latest first. */
function list(section) {
  const items = section.querySelector("ul");
  const begun = Object.entries(places.all()).sort(([, a], [, b]) => b.when - a.when).slice(0, 3);
  section.hidden = !begun.length;
  items.replaceChildren(...begun.map(([slug, place]) => {
    const item = document.createElement("li");
    item.append(link(`/lessons/${slug}/${place.done ? "" : `#${place.at}`}`, place.title), `, ${words(place)}`);
    return item;
  }));
}

const lesson = document.querySelector("article.lesson[data-slug]");
if (lesson) { offer(lesson); follow(lesson); }
for (const section of document.querySelectorAll(".places")) {
  list(section);
  section.querySelector("[data-forget]").addEventListener("click", () => { places.forget(); list(section); });
}
