/* Motion between two neighbouring steps: what comes is drawn, slides in, fills or fades in, what goes fades out first,
   and words that stand elsewhere glide there. (What changes its place or its length, the style sheet eases.)

   How marks come, a trace says by how their keys begin and end (`comes`). What is seen at an instant follows from the
   two steps and from nothing else: what still moves when the next step is shown is put where it was going. */

export const WHOLE = 360; // ms at speed 1. First goes what goes, then what stays makes room, then comes what is new
const GOES = 120, EASES = [180, 120], ONE = 220, LANDS = 0.6, FAR = 24, ROOM = "-9px"; // a stroke is wider than its path
const SIDES = { left: [-1, 0], right: [1, 0], above: [0, -1], below: [0, 1] };
const COVERED = { left: `${ROOM} 100% ${ROOM} ${ROOM}`, right: `${ROOM} ${ROOM} ${ROOM} 100%`, above: `${ROOM} ${ROOM} 100%`, below: `100% ${ROOM} ${ROOM}` };
const shifted = (side, far) => SIDES[side].map((way) => `${way * far}px`).join(" ");

/** How each mark comes: the first that speaks of it. Of the parts of a thing speaks what names no beginning. */
export function ways(marks, comes = []) {
  return marks.map(([key, , parent]) => comes.find(([begins, ends]) => key.endsWith(ends) && (parent < 0 ? begins && key.startsWith(begins) : !begins)) ?? []);
}

/** A mark is uncovered from the side where it begins. */
const uncovered = (side) => ({ clipPath: [`inset(${COVERED[side]})`, `inset(${ROOM})`] });

function coming(element, how, before) {
  if (how in SIDES) return { opacity: [0, 1], translate: [shifted(how, FAR), "0px 0px"] };
  if (how === "fill") return uncovered("left");
  if (how !== "draw" || element.localName !== "path") return { opacity: [0, 1] };
  // Measured on a likeness: what is in the page would be laid out for it.
  const path = element.cloneNode(), long = path.getTotalLength();
  if (!long) return { opacity: [0, 1] };
  if (path.hasAttribute("stroke-dasharray")) {
    const from = path.getPointAtLength(0), to = path.getPointAtLength(long);
    return uncovered(Math.abs(to.x - from.x) < Math.abs(to.y - from.y) ? (to.y < from.y ? "below" : "above") : to.x < from.x ? "right" : "left");
  }
  // A line that has grown goes on from where it ended.
  path.setAttribute("d", before ?? "");
  return { strokeDasharray: [`${long} ${long}`, `${long} ${long}`], strokeDashoffset: [long - path.getTotalLength(), 0] };
}

const numeric = new Intl.Collator("en", { numeric: true });

/** Let it be seen. `came`: [element, key, way, the line before it grew]; `went`: [ghost, way]; `moved`: [text, x, y]. */
export function move({ came, went, moved, eases }, rate, back) {
  const after = went.length ? GOES : 0, easing = EASES[Number(after > 0)], lead = after + (eases ? easing : 0), rest = WHOLE - lead, alike = new Map();
  const play = (element, frames, delay, duration, fill) => element.animate(frames, { delay: delay / rate, duration: duration / rate, fill, easing: "ease-out" });
  for (const [ghost, [, , how]] of went) {
    play(ghost, how === "left" && !back ? { opacity: [1, 0], translate: ["0px 0px", shifted("right", FAR)] } : { opacity: [1, 0] }, 0, GOES, "forwards").onfinish = () => ghost.remove();
  }
  for (const [text, x, y] of moved) play(text, { translate: [`${x}px ${y}px`, "0px 0px"] }, after, easing, "backwards");
  for (const one of came) {
    const way = one[2];
    if (!alike.has(way)) alike.set(way, []);
    alike.get(way).push(one);
  }
  for (const [[, , how], all] of alike) {
    // What comes in the same way comes one after the other, in the order in which it is numbered.
    all.sort(([, one], [, other]) => numeric.compare(one, other));
    const lands = how === "land" ? LANDS * rest : 0, takes = how === "draw" || lands ? rest - lands : Math.min(ONE, rest);
    all.forEach(([element, , , before], number) => play(element, coming(element, back ? "" : how, before), lead + lands + (rest - lands - takes) * number / Math.max(1, all.length - 1), takes, "backwards"));
  }
}
