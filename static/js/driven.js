/* A widget that is driven by the page around it, and tells it what its reader does.

   Messages are objects; `orrery` says what is meant. From the host: go {step}, play, pause, act {verb, arguments},
   theme {scheme}, ask. From the widget: ready {version, step, last, say}, step {step, last, say}, acted {address, step,
   refused}, left, and height. The page /embed/ tells hosts of all of them; another version will say another number. */

const VERSION = 1;
const waiting = []; // what was asked for before the run was here

function tell(orrery, more) {
  if (parent !== window) parent.postMessage({ orrery, ...more }, "*");
}

const stands = (player) => ({ step: player.step, last: player.last, say: player.trace.steps[player.step].say });
const greet = (player) => tell("ready", { version: VERSION, ...stands(player) });

/** Where an act leads, as its form would be sent: at the step that is shown. */
function acting(player, verb, given) {
  const [address, query] = player.getAttribute("page").split("?"), values = new URLSearchParams(query);
  values.set("act", verb);
  for (const name in given) values.set(`act.${name}`, given[name]);
  values.set("step", player.step);
  return `${address}?${values}`;
}

const ORDERS = {
  ask: greet,
  go(player, { step }) {
    if (!Number.isInteger(step)) return;
    player.pause();
    player.soon(() => step);
  },
  play(player) { if (!player.timer) player.play(); },
  pause(player) { player.pause(); },
  async act(player, data) {
    player.pause();
    const inside = player.contains(document.activeElement); // who reads the host keeps the focus there
    const next = await arrive(player, acting(player, data.verb, data.arguments ?? {}));
    if (inside) next.querySelector(".stage").focus({ preventScroll: true });
  },
};

addEventListener("message", ({ source, data }) => {
  if (source !== parent || parent === window) return;
  if (data?.orrery === "theme" && ["light", "dark"].includes(data.scheme)) document.documentElement.dataset.theme = data.scheme;
  if (!Object.hasOwn(ORDERS, data?.orrery)) return;
  const player = document.querySelector("orrery-player[embedded]");
  if (player?.trace) ORDERS[data.orrery](player, data);
  else waiting.push(data);
});

document.addEventListener("orrery:ready", ({ target }) => {
  greet(target);
  for (const data of waiting.splice(0)) if (data.orrery !== "ask") ORDERS[data.orrery](target, data);
});
document.addEventListener("orrery:shown", ({ target }) => tell("step", stands(target)));
document.addEventListener("orrery:acted", ({ target }) => {
  const own = target.querySelector("[data-slot=own]");
  tell("acted", { address: own && new URL(own.dataset.page, location.href).href, step: Number(target.getAttribute("step")), refused: target.hasAttribute("refused") });
});

// The keys go back to the page: it hears of it, for not every browser lets a frame give them away by itself.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || document.fullscreenElement || parent === window) return;
  document.activeElement?.blur();
  tell("left");
  parent.focus();
});
