/* A challenge in somebody's book speaks SPLICE (https://cssplice.org), as Runestone and OpenDSA do: it asks for the state
   that was kept, opens it, and reports what its reader has done. From a frame that is only looked at nothing is reported.

   The score is how much of the way to the goal has been gone, from 0 to 1, the most so far; it is null where an act has
   changed the state alone. The state is the run: its query and step. */

const activity = location.origin + location.pathname, RESTORED = "#restored";
const uuid = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`; // it exists in secure contexts alone
let best = 0, acted = false, asked;

function post(subject, more) {
  const message_id = uuid();
  parent.postMessage({ subject: `SPLICE.${subject}`, message_id, activity_id: activity, ...more }, "*");
  return message_id;
}

const runs = (player) => player.getAttribute("page").split("?")[1] ?? "";

/** The run in what a host has kept: as it was sent, as a text, or under the name of this exercise. */
function kept(state) {
  try {
    const told = typeof state === "string" ? JSON.parse(state) : state;
    return typeof told?.query === "string" ? told : told?.[activity];
  } catch { return null; }
}

function restore(state) {
  const told = kept(state), player = document.querySelector("orrery-player[data-score]");
  if (typeof told?.query !== "string" || acted) return;
  if (told.score > best && told.score <= 1) best = told.score;
  if (location.hash === RESTORED || told.query === runs(player)) return;
  const step = Number.isInteger(told.step) && told.step > 0 ? `&step=${told.step}` : "";
  location.replace(`${location.pathname}?${told.query}${step}${RESTORED}`);
}

if (parent !== window) {
  addEventListener("message", ({ source, data }) => {
    if (source === parent && data?.subject === "SPLICE.getState.response" && data.message_id === asked) restore(data.state);
  });
  document.addEventListener("orrery:acted", ({ target }) => {
    if (target.hasAttribute("refused")) return;
    acted = true;
    const now = Number(target.dataset.score), more = now > best;
    best = Math.max(best, now);
    const state = { query: runs(target), step: Number(target.getAttribute("step")), score: best };
    post("reportScoreAndState", { score: more ? now : null, state });
    post("sendEvent", { name: "acted", data: state });
  });
  asked = post("getState");
}
