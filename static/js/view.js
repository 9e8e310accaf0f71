/* What is seen of a picture that has less room than it is tall: the part in which something happens, and at a press all
   of it. On a phone a stage has a height at most, so that picture, narration and verbs are on one screen, and in a
   lesson it keeps to the upper part of the window, so that some of it may be above.

   The style sheet says where a stage is shorter than its picture, and moves and cuts the picture by what is told here:
   --shift, how far down it stands, and --spare, how much of it has no room. */

const EDGE = 12; // px between what is looked for and where the picture is cut

// The ring at what a question is about is no mark of the run.
const ASKED = ":scope > :is(.callout, rect:not([data-key], [aria-hidden]))";

const tops = (view) => Math.min(0, 0.45 * innerHeight - view.offsetHeight);

/** How much of a view that keeps to the upper part of the window is above it. */
function hidden(view) {
  const { top } = view.getBoundingClientRect();
  return tops(view) < 0 && top < 0 && getComputedStyle(view).position === "sticky" ? -top : 0;
}

// Elsewhere a picture has all the room that it wants, and is not measured for every step.
const narrow = matchMedia("(max-width: 44.94em), (max-height: 34em)");

/** Said only where it is another: what is said to a stage is said to all its marks. */
function tell(stage, name, px) {
  if (stage.style.getPropertyValue(name) !== `${px}px`) stage.style.setProperty(name, `${px}px`);
}

/** Where something happens: at what has the focus, at what is asked about, at the step's own mark; where that is a line
    through the whole picture, at what the step has changed. */
function seen(view, svg, room) {
  const mark = (svg.contains(document.activeElement) && document.activeElement) || svg.querySelector(ASKED) || svg.querySelector(":scope > :is([data-key=changed], [data-chosen])");
  const box = mark?.getBoundingClientRect();
  if (!box || box.height < room) return box;
  const { pictures, step } = view.closest("orrery-player"), { marks, states, elements } = pictures.find((one) => one.svg === svg) ?? {};
  if (!states || !step) return null;
  const boxes = marks.flatMap(([key, tag, parent], at) => {
    const changed = parent < 0 && key !== "changed" && states[step][at] && states[step][at] !== states[step - 1]?.[at];
    return changed ? [elements.get(key).getBoundingClientRect()] : [];
  }).filter(({ height }) => height < room / 2);
  return boxes.length ? { top: Math.min(...boxes.map(({ top }) => top)), bottom: Math.max(...boxes.map(({ bottom }) => bottom)) } : null;
}

/** The part is seen in which something happens, or that has the focus; where nothing does, the upper one. */
function aim(view) {
  const stage = view.querySelector(".stage");
  if (!narrow.matches && !stage.style.getPropertyValue("--spare")) return;
  const svg = [...stage.querySelectorAll(":scope > svg.picture")].find((one) => one.getClientRects().length);
  if (!svg) return;
  const button = view.querySelector(".whole"), open = view.hasAttribute("data-whole");
  // By where they begin, both have been moved by the same.
  const picture = svg.getBoundingClientRect(), spare = Math.max(0, Math.round(picture.height) - stage.clientHeight), above = hidden(view);
  const box = seen(view, svg, stage.clientHeight);
  let shift = 0;
  if (box && (spare || above)) {
    const [top, bottom] = [box.top - picture.top, box.bottom - picture.top];
    if (bottom > stage.clientHeight - EDGE) shift = stage.clientHeight - EDGE - bottom;
    if (top + shift < above + EDGE) shift = above + EDGE - top;
    shift = Math.max(-spare, Math.min(above, shift));
  }
  if (button) {
    button.hidden = !spare && !open;
    button.setAttribute("aria-pressed", String(open));
  }
  tell(stage, "--spare", spare);
  tell(stage, "--shift", Math.round(shift));
}

const views = () => document.querySelectorAll("orrery-player .view");
let aiming = 0;
const soon = () => { aiming ||= requestAnimationFrame(() => { aiming = 0; views().forEach(aim); }); };

const heights = new ResizeObserver((all) => {
  for (const { target } of all) target.style.setProperty("--tall", `${target.offsetHeight}px`);
  soon();
});
const watch = () => { for (const view of views()) heights.observe(view); };

addEventListener("scroll", soon, { passive: true });
document.addEventListener("focusin", ({ target }) => { if (target.closest(".view svg")) soon(); });
document.addEventListener("orrery:shown", ({ target }) => { const view = target.querySelector(".view"); if (view) aim(view); });
document.addEventListener("click", ({ target }) => {
  const view = target.closest(".whole")?.closest(".view");
  if (!view) return;
  view.toggleAttribute("data-whole");
  aim(view);
  view.querySelector(".stage").scrollIntoView({ block: "nearest" });
});
document.addEventListener("htmx:after:swap", watch);
watch();
