/* What is asked of the reader: prose after a question waits for its answer; an answer is drawn in the picture, where
   the ways part; a solution that was opened plays.

   A block of prose (data-after="asks-1") belongs to the question of the figure with that id. What was opened is
   remembered for this visit. Shut prose can be found and linked to, which opens it, and is printed. */

import { still } from "./picture.js";

const KEY = "orrery:shown";
const here = document.querySelector("article.lesson[data-slug]")?.dataset.slug;
const blocks = [...document.querySelectorAll("[data-after]")];
const named = (block) => `${here}#${block.dataset.after}`;

const shown = {
  all() { try { return [JSON.parse(sessionStorage.getItem(KEY)) ?? []].flat(); } catch { return []; } },
  keep(name) { try { sessionStorage.setItem(KEY, JSON.stringify([...new Set([...this.all(), name])])); } catch { /* it holds for this page */ } },
};

function open(block) {
  if (!block?.hidden) return;
  block.hidden = false;
  block.previousElementSibling.remove();
  shown.keep(named(block));
}

function shut(block) {
  const line = document.createElement("p"), button = document.createElement("button");
  line.className = "waiting";
  button.type = "button";
  button.textContent = "Show me";
  line.append("What comes next tells the answer. ", button);
  button.addEventListener("click", () => { open(block); block.focus(); });
  block.tabIndex = -1;
  block.setAttribute("hidden", "until-found");
  block.before(line);
  block.addEventListener("beforematch", () => open(block));
}

for (const block of blocks) if (!shown.all().includes(named(block))) shut(block);

/** Opens what the page's address leads into. */
function follow() {
  let name = location.hash.slice(1);
  try { name = decodeURIComponent(name); } catch { /* as it is */ }
  const place = document.getElementById(name), block = place?.closest("[data-after][hidden]");
  if (!block) return;
  open(block);
  place.scrollIntoView();
}
follow();
addEventListener("hashchange", follow);

/** Both ways belong to one step of the run, and are shown at that step. */
function at(player) {
  for (const ways of player.querySelectorAll(".picture .ways")) ways.toggleAttribute("hidden", ways.dataset.at !== player.getAttribute("at"));
}

/** Puts both ways, which have come beside the picture, on it; the mark of the question goes. */
function draw(player) {
  for (const drawn of player.querySelectorAll(".ways-drawn svg")) {
    const svg = player.querySelector(`.picture.${drawn.dataset.layout}[data-scene="0"]`);
    for (const old of svg.querySelectorAll(".callout, .ways")) old.remove();
    svg.append(drawn.firstElementChild.cloneNode(true));
  }
  at(player);
}

// Another question comes into the place of the one that was answered: it is in view, and one can answer it at once.
let place;
document.addEventListener("click", (event) => { place = event.target.closest(".predict .another")?.closest("orrery-player").parentElement ?? place; });
document.addEventListener("htmx:after:swap", () => {
  const question = place?.querySelector(".predict:not([data-answered])");
  if (!question) return;
  place.querySelector(".stage").scrollIntoView({ block: "start" });
  question.querySelector("input[type=radio]").focus({ preventScroll: true });
  place = null;
});

// An answer has come. Whoever pressed a button that is gone goes on from what came of it.
document.addEventListener("htmx:after:swap", (event) => {
  event.detail?.ctx?.sourceElement?.closest(".predict")?.querySelector(".verdict").scrollIntoView({ block: "nearest" });
  for (const judged of document.querySelectorAll("[data-judged]")) {
    const player = judged.closest("orrery-player");
    draw(player);
    if (document.activeElement === document.body) player.querySelector("[data-play-on]").focus({ preventScroll: true });
  }
  for (const block of blocks) if (document.getElementById(block.dataset.after)?.querySelector("[data-judged]")) open(block);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-play-on]"), player = link?.closest("orrery-player.live");
  if (!player?.trace || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  player.show(Number(link.dataset.playOn));
  player.play();
  player.querySelector(".stage").scrollIntoView({ block: "nearest" });
});

document.addEventListener("orrery:shown", ({ target: player }) => at(player));

// The run is here: what was said of an answer is in view beside it; one that is to be watched goes on by itself, unless the reader wishes that nothing moves.
document.addEventListener("orrery:ready", ({ target: player }) => {
  player.querySelector("[data-judged]")?.closest(".verdict").scrollIntoView({ block: "nearest" });
  const watched = player.querySelector("[data-plays]");
  watched?.removeAttribute("data-plays");
  if (watched) player.querySelector(".stage").scrollIntoView({ block: "nearest" });
  if (watched && !still.matches) player.play();
});
