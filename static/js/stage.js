/* What a page keeps of its players: what was opened stays open, through acts and for this tab; and how tall each is, for
   the style sheet, that lets it stay in view. */

const KEY = "orrery:folds", MOST = 100;

function kept() {
  try { return JSON.parse(sessionStorage.getItem(KEY)) ?? []; } catch { return []; }
}

/** The name of a part that opens, among all of this site. */
function name(fold) {
  const players = [...document.querySelectorAll("orrery-player")];
  return `${location.pathname} ${players.indexOf(fold.closest("orrery-player"))} ${fold.dataset.fold}`;
}

const heights = new ResizeObserver((all) => {
  for (const { target } of all) target.style.setProperty("--tall", `${target.offsetHeight}px`);
});

/** As it was left. */
function restore() {
  const names = kept();
  for (const fold of document.querySelectorAll("orrery-player [data-fold]")) fold.open ||= names.includes(name(fold));
  for (const view of document.querySelectorAll(".chapter .view")) heights.observe(view);
}

document.addEventListener("toggle", ({ target }) => {
  if (!target.matches("orrery-player [data-fold]")) return;
  const others = kept().filter((one) => one !== name(target));
  try { sessionStorage.setItem(KEY, JSON.stringify(target.open ? [...others, name(target)].slice(-MOST) : others)); } catch { /* until the page is left */ }
}, true);
document.addEventListener("htmx:after:swap", restore);
restore();
