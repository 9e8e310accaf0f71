/* A widget that is driven by the page around it, and tells it what its reader does.

   Messages are objects; `orrery` says what is meant. From the host: go {step}, play, pause, act {verb, arguments},
   theme {scheme}, ask. From the widget: ready {version, step, last, say}, step {step, last, say}, acted {address, step,
   refused, say}, left, and height. The page /embed/ tells hosts of all of them; another version will say another number. */

const VERSION = 1;
function tell(orrery, more) {
  if (parent !== window) parent.postMessage({ orrery, ...more }, "*");
}

const stands = (player) => ({ step: player.step, last: player.last, say: player.trace.steps[player.step].say });
const greet = (player) => tell("ready", { version: VERSION, ...stands(player) });

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
    if (typeof data.verb !== "string") return;
    player.pause();
    const inside = player.contains(document.activeElement); // who reads the host keeps the focus there
    const next = await arrive(player, acting(player, data.verb, data.arguments), true);
    if (inside) next.querySelector(".stage").focus({ preventScroll: true });
  },
};

addEventListener("message", ({ source, data }) => {
  const order = data?.orrery;
  if (source !== parent || parent === window || typeof order !== "string") return;
  if (order === "theme" && ["light", "dark"].includes(data.scheme)) document.documentElement.dataset.theme = data.scheme;
  if (Object.hasOwn(ORDERS, order)) inTurn((player) => player.trace && ORDERS[order](player, data));
});

document.addEventListener("orrery:ready", ({ target }) => greet(target));
document.addEventListener("orrery:shown", ({ target }) => tell("step", stands(target)));
document.addEventListener("orrery:acted", ({ target, detail }) => {
  tell("acted", { address: new URL(target.querySelector("[data-slot=own]").dataset.page, location.href).href, step: Number(target.getAttribute("step")), ...detail });
});

// The keys go back to the page: it hears of it, for not every browser lets a frame give them away by itself.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.ctrlKey || event.isComposing || event.defaultPrevented || document.fullscreenElement || parent === window) return;
  document.activeElement?.blur();
  tell("left");
  parent.focus();
});
