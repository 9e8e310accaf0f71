/* What is asked of the reader: prose after a question waits for its answer, and a solution that was opened plays.

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

// An answer has come.
document.addEventListener("htmx:after:swap", () => {
  for (const block of blocks) if (document.getElementById(block.dataset.after)?.querySelector("[data-judged]")) open(block);
});

// The run is here: one that is to be watched goes on by itself, unless the reader wishes that nothing moves.
document.addEventListener("orrery:ready", ({ target: player }) => {
  const watched = player.querySelector("[data-plays]");
  watched?.removeAttribute("data-plays");
  if (watched && !still.matches) player.play();
});
