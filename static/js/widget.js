/* What a player does only as a widget, in a frame on somebody else's page. */

const FORM_BUTTON = "form button:not([type=button], [data-step], [data-go])";
const watched = new WeakSet();
const told = new WeakMap();

/** A widget tells its host how high it is: in our words, in WordPress's, in those of learning platforms. */
function tellHeight(player) {
  const height = Math.ceil(player.getBoundingClientRect().height);
  if (parent === window || height === told.get(player) || !player.isConnected) return;
  told.set(player, height);
  const secret = /secret=(\w+)/.exec(location.hash)?.[1];
  for (const message of [{ orrery: "height", height }, { subject: "lti.frameResize", height }, secret && { message: "height", value: height, secret }]) {
    if (message) parent.postMessage(message, "*");
  }
}

const heights = new ResizeObserver((all) => { for (const { target } of all) tellHeight(target); });

function watch(player) {
  if (watched.has(player)) return;
  watched.add(player);
  heights.observe(player);
}

/** In a frame that may send no form (a sandbox), what a button would send is fetched. */
async function send(player, button) {
  const form = button.form, verb = form.dataset.verb;
  const values = new URLSearchParams(new FormData(form, button));
  try {
    const response = await fetch(`${form.getAttribute("action")}?${values}`);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const next = document.importNode(page.querySelector("orrery-player"), true);
    const parts = "details:not(.source-more)", open = [...player.querySelectorAll(parts)].map((part) => part.open);
    next.querySelectorAll(parts).forEach((part, place) => { part.open ||= open[place]; });
    const inForm = player.contains(document.activeElement) && document.activeElement.closest("form");
    player.replaceWith(next);
    watch(next);
    (inForm && next.querySelector(`form[data-verb="${verb}"] button`) || next.querySelector(".stage")).focus({ preventScroll: true });
  } catch { player.slot("say", "The site does not answer. Try again in a moment."); }
}

/** The code is fetched when somebody wants to read it. */
async function code(player, more) {
  more.dataset.asked = "";
  try {
    const page = new DOMParser().parseFromString(await (await fetch(more.dataset.from)).text(), "text/html");
    more.append(document.importNode(page.querySelector(".source"), true));
    player.line(player.trace.steps[player.step].line);
  } catch { delete more.dataset.asked; /* the next click tries again */ }
}

document.addEventListener("click", (event) => {
  const player = event.target.closest("orrery-player[embedded]");
  if (!player) return;
  const more = event.target.closest(".source-more:not([data-asked])"), button = event.target.closest(FORM_BUTTON);
  if (more) code(player, more);
  if (button) { event.preventDefault(); send(player, button); }
});
for (const player of document.querySelectorAll("orrery-player[embedded]")) watch(player);
