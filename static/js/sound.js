/* Sound, off until it is switched on: a tick for each request that sets out, a lower one where it has to wait, a dull one
   where it is lost. It is heard where things travel, and says nothing that is not seen. */

const KEY = "orrery-sound";
const TICKS = { leaves: [1320, 0.03, 0.12], waits: [520, 0.06, 0.12], lost: [130, 0.14, 0.3] }; // Hz, seconds, loudness
const CLOSE = 0.03; // seconds from one to the next: what sets out together is heard one after the other

let context = null, free = 0, on = false;
try { on = localStorage.getItem(KEY) === "on"; } catch { /* private window: for this page */ }

/** One tick. `ticks` counts them on the player, so that a test hears them too. */
function tick(player, kind) {
  player.ticks = { ...player.ticks, [kind]: (player.ticks?.[kind] ?? 0) + 1 };
  context ??= new AudioContext();
  if (context.state === "suspended") context.resume();
  const [pitch, lasts, loud] = TICKS[kind], at = free = Math.max(context.currentTime, free + CLOSE);
  if (at > context.currentTime + 0.3) { free = at - CLOSE; return; } // a crowd is heard as a crowd
  const tone = context.createOscillator(), gain = context.createGain();
  tone.type = kind === "lost" ? "sine" : "triangle";
  tone.frequency.setValueAtTime(pitch, at);
  gain.gain.setValueAtTime(loud, at);
  gain.gain.exponentialRampToValueAtTime(0.001, at + lasts);
  tone.connect(gain).connect(context.destination);
  tone.start(at);
  tone.stop(at + lasts);
}

/** What waits is hollow, by the grammar of the pictures. */
const waits = (player, thing) => [...player.querySelectorAll(`svg.picture > [data-key="${CSS.escape(thing)}"]`)].some((mark) => mark.getClientRects().length && mark.querySelector("circle.f-sheet"));

document.addEventListener("orrery:travels", ({ target, detail: { thing, look, back, arrives } }) => {
  if (!on) return;
  if (/^lost/.test(look)) { if (!arrives) tick(target, "lost"); return; }
  if (!arrives && !back && !/^answer/.test(look)) tick(target, "leaves");
  // A frame later its own mark stands where it has come to.
  if (arrives && !back) requestAnimationFrame(() => requestAnimationFrame(() => { if (waits(target, thing)) tick(target, "waits"); }));
});

/** Every switch on the page is one. */
function show() {
  for (const button of document.querySelectorAll("button.sound")) {
    button.hidden = !button.closest("orrery-player").trace?.moves;
    button.setAttribute("aria-pressed", String(on));
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.sound");
  if (!button) return;
  on = !on;
  try { localStorage.setItem(KEY, on ? "on" : "off"); } catch { /* private window: for this page */ }
  if (on) tick(button.closest("orrery-player"), "leaves"); // what it is like
  show();
});
document.addEventListener("orrery:ready", show);
document.addEventListener("orrery:shown", ({ target }) => { if (target.querySelector("button.sound[hidden]")) show(); });
addEventListener("storage", ({ key, newValue }) => { if (key === KEY) { on = newValue === "on"; show(); } });
