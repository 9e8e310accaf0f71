/* Rows and beads of lessons that were read here or begun, from this device's own storage (place.js): a class for the
   eye, and a word in their `.mark`. */

import { places } from "./place.js";

function mark() {
  const begun = places.all(), items = document.querySelectorAll("[data-read]");
  for (const item of items) {
    const place = begun[item.dataset.read], done = Boolean(place?.done);
    item.classList.toggle("is-read", done);
    item.classList.toggle("is-begun", Boolean(place) && !done);
    item.querySelector(".mark").textContent = place ? done ? "read" : "begun" : "";
  }
  for (const words of document.querySelectorAll("[data-when-read]")) words.hidden = ![...items].some(({ dataset }) => dataset.read in begun);
}

mark();
document.addEventListener("htmx:after:swap", mark);
// After place.js, which was asked for first, has forgotten it.
document.addEventListener("click", ({ target }) => { if (target.closest("[data-forget]")) mark(); });
