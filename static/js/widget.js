/* What a player does only as a widget, in a frame on somebody else's page. */

const FORM_BUTTON = "form button:not([type=button], [data-step], [data-go])";
const PATIENCE = 5000; // ms
const watched = new WeakSet();
const told = new WeakMap();

/** WordPress gives each frame a word by which it knows it again. */
const secret = /secret=(\w+)/.exec(location.hash)?.[1];

/** What the picture would like to be higher than the frame leaves it. */
function lacking(player) {
  const picture = [...player.querySelectorAll(".frame > .stage > .picture")].find((one) => one.clientHeight);
  if (!picture) return 0;
  const { scrollHeight, clientHeight } = picture.parentElement;
  if (scrollHeight > clientHeight) return scrollHeight - clientHeight;
  const { width, height } = picture.viewBox.baseVal, most = Number.parseFloat(getComputedStyle(picture).maxHeight) || Infinity;
  return Math.max(0, Math.min(most, picture.clientWidth * height / width) - picture.clientHeight);
}

/** A widget tells its host how high it is: in our words, in WordPress's, in those of learning platforms. */
function tellHeight(player, again) {
  const height = Math.ceil(player.getBoundingClientRect().height + lacking(player));
  if (parent === window || !player.isConnected || height === told.get(player) && !again) return;
  told.set(player, height);
  for (const message of [{ orrery: "height", height }, { subject: "lti.frameResize", height }, secret && { message: "height", value: height, secret }]) {
    if (message) parent.postMessage(message, "*");
  }
}

// A host asks when it begins to listen: ours, and WordPress.
addEventListener("message", ({ source, data }) => {
  if (source !== parent || data?.orrery !== "ask" && data?.message !== "ready") return;
  for (const player of document.querySelectorAll("orrery-player[embedded]")) tellHeight(player, true);
});

const heights = new ResizeObserver((all) => { for (const { target } of all) tellHeight(target); });

function watch(player) {
  if (watched.has(player)) return;
  watched.add(player);
  tellHeight(player); // a frame of which nothing shows yet observes nothing
  heights.observe(player);
}

const current = () => document.querySelector("orrery-player[embedded]");

/** When a player has its run, or has waited for it long enough. */
function loaded(player) {
  return player?.trace ? null : new Promise((done) => {
    player?.addEventListener("orrery:ready", done, { once: true });
    setTimeout(done, PATIENCE);
  });
}

/** One act after the other, each in the run that the one before it has made; what a host orders waits for them too. */
let turn = Promise.resolve(loaded(current()));
function inTurn(what) {
  turn = turn.then(() => what(current())).catch(() => {}).then(() => loaded(current()));
}

/** Where an act leads, as its form would be sent: at the step that is shown. */
function acting(player, verb, given) {
  const [address, query] = player.getAttribute("page").split("?"), values = new URLSearchParams(query);
  values.set("act", verb);
  for (const name in given) values.set(`act.${name}`, given[name]);
  values.set("step", player.step);
  return `${address}?${values}`;
}

/** In a frame that may send no form (a sandbox), what a button would send is fetched. */
function send(pressed, button) {
  const form = button.form, verb = form.dataset.verb, values = new URLSearchParams(new FormData(form, button)), given = {};
  for (const [name, value] of values) if (name.startsWith("act.")) given[name.slice(4)] = value;
  const had = document.activeElement, inForm = pressed.contains(had) && had.closest("form");
  inTurn(async (player) => {
    const own = player === pressed || !verb; // else another run has come since
    const next = await arrive(player, own ? `${form.getAttribute("action")}?${values}` : acting(player, verb, given));
    (inForm && next.querySelector(`form[data-verb="${verb}"] button`) || next.querySelector(".stage")).focus({ preventScroll: true });
  });
}

/** The run at another address takes the place of this one; the player that stands there then. What a host has asked for
    and is refused changes nothing. */
async function arrive(player, address, asked = false) {
  let next = player, refused = true, say = "The site does not answer. Try again in a moment.";
  try {
    let response = await fetch(address);
    if (response.status === 503) { // others come first
      await new Promise((done) => setTimeout(done, 1000 * (Number(response.headers.get("Retry-After")) || 2)));
      response = await fetch(address);
    }
    const page = new DOMParser().parseFromString(await response.text(), "text/html"), other = document.importNode(page.querySelector("orrery-player"), true);
    refused = other.hasAttribute("refused");
    say = refused ? other.querySelector(".error, .problem")?.textContent.trim() : "";
    if (refused && asked) player.querySelector(".messages").textContent = say;
    else {
      const parts = "details:not(.source-more)", open = [...player.querySelectorAll(parts)].map((part) => part.open);
      other.querySelectorAll(parts).forEach((part, place) => { part.open ||= open[place]; });
      player.replaceWith(other);
      watch(next = other);
    }
  } catch { player.slot("say", say); }
  next.dispatchEvent(new CustomEvent("orrery:acted", { bubbles: true, detail: { refused, say } }));
  return next;
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
  const link = secret && event.target.closest("a[target=_blank]");
  if (link && parent !== window) { // WordPress opens no window for a frame: it goes there itself
    event.preventDefault();
    parent.postMessage({ message: "link", value: link.href, secret }, "*");
  }
  const more = event.target.closest(".source-more:not([data-asked])"), button = event.target.closest(FORM_BUTTON);
  if (more) code(player, more);
  if (button) { event.preventDefault(); send(player, button); }
});
for (const player of document.querySelectorAll("orrery-player[embedded]")) watch(player);
