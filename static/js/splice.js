/* A challenge in somebody's book speaks SPLICE (https://cssplice.org), as Runestone and OpenDSA do: it asks for the state
   that was kept, opens it, and reports what its reader has done. From a frame that is only looked at nothing is reported.

   The score is how much of the way to the goal has been gone, from 0 to 1, the most so far; it is null where an act has
   changed the state alone. The state is the run: its query and step. */

const activity = location.origin + location.pathname, RESTORED = "#restored=";
const OPTIONS = ["theme", "hide", "lock", "from", "to"]; // those of this frame stay, whatever was kept
const uuid = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`; // it exists in secure contexts alone
let best = Number(location.hash.startsWith(RESTORED) && location.hash.slice(RESTORED.length)) || 0, acted = false, asked;

function post(subject, more) {
  const message_id = uuid();
  parent.postMessage({ subject: `SPLICE.${subject}`, message_id, activity_id: activity, ...more }, "*");
  return message_id;
}

/** A run alone: a query without the options of a frame, and without an act that is still to be done. */
function alone(query) {
  const told = new URLSearchParams(query);
  for (const name of [...told.keys()]) if (OPTIONS.includes(name) || /^act(\.|$)/.test(name)) told.delete(name);
  return told;
}

const runs = (player) => `${alone(player.getAttribute("page").split("?")[1] ?? "")}`;

function reopen(query, step) {
  for (const [name, value] of new URLSearchParams(location.search)) if (OPTIONS.includes(name)) query.set(name, value);
  if (step) query.set("step", step);
  location.replace(`${location.pathname}?${query}${RESTORED}${best}`);
}

/** The run in what a host has kept: as it was sent, as a text, or under the name of this exercise. */
function kept(state) {
  try {
    const told = typeof state === "string" ? JSON.parse(state) : state;
    return typeof told?.query === "string" ? told : told?.[activity];
  } catch { return null; }
}

function restore(state) {
  const told = kept(state);
  if (typeof told?.query !== "string" || acted) return;
  if (typeof told.score === "number" && told.score > best && told.score <= 1) best = told.score;
  const query = alone(told.query);
  if (location.hash.startsWith(RESTORED) || `${query}` === runs(document.querySelector("orrery-player[data-score]"))) return;
  reopen(query, Number.isInteger(told.step) && told.step > 0 && told.step);
}

if (parent !== window) {
  addEventListener("message", ({ source, data }) => {
    if (source === parent && data?.subject === "SPLICE.getState.response" && data.message_id === asked) restore(data.state);
  });
  // What was kept is not read any more: then it begins as it began.
  if (location.hash.startsWith(RESTORED) && document.querySelector("orrery-player[refused]")) reopen(new URLSearchParams());
  document.addEventListener("orrery:acted", ({ target, detail }) => {
    if (detail.refused) return;
    acted = true;
    const now = Number(target.dataset.score), more = now > best;
    best = Math.max(best, now);
    const state = { query: runs(target), step: Number(target.getAttribute("step")), score: best };
    post("reportScoreAndState", { score: more ? now : null, state });
    post("sendEvent", { name: "acted", data: state });
  });
  asked = post("getState");
}
