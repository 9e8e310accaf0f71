/* The hands of a widget are fetched when somebody reaches for it: a page full of widgets that nobody touches has less to
   load. A click on a picture waits until they are here, and the run is. */

const hands = document.querySelector("[data-hands]")?.dataset.hands;
let fetched = null, here = !hands;

function reach() {
  fetched ??= new Promise((done, failed) => {
    document.head.append(Object.assign(document.createElement("script"), { src: hands, onload: done, onerror: failed }));
  }).then(() => { here = true; });
  return fetched;
}

if (hands) {
  const reached = new AbortController();
  for (const reaching of ["pointermove", "pointerdown", "focusin"]) {
    addEventListener(reaching, ({ type, movementX, movementY }) => {
      if (type === "pointermove" && !movementX && !movementY) return; // it rests, and the page has come to it
      reached.abort();
      reach().catch(() => {});
    }, { passive: true, signal: reached.signal });
  }
  document.addEventListener("click", async ({ target, clientX, clientY, detail }) => {
    const player = target.closest("svg.picture")?.closest("orrery-player");
    if (!player || (here && player.trace)) return;
    await Promise.all([reach(), loaded(player)]).catch(() => {});
    const now = target.isConnected ? target : document.elementFromPoint(clientX, clientY);
    if (here && player.trace) now?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, clientX, clientY, detail }));
  }, true);
}
