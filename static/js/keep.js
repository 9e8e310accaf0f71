/* A file to keep: its runs lie in it, compressed, and one of them is shown. It asks nobody for anything.

   Comes before the player, which takes its runs from here. */

const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%.()*+-;,=:?@^_`{|}~";
const WORTH = new Map([...SIGNS].map((sign, worth) => [sign, worth]));

/** What lies in the page under an id: compressed, and every four bytes written as a number with five signs of 85. */
async function unpacked(id) {
  const text = document.getElementById(id).textContent, bytes = new Uint8Array(Math.floor(text.length / 5 * 4)), at = new DataView(new ArrayBuffer(4));
  for (let place = 0; place < text.length; place += 5) {
    const five = text.slice(place, place + 5).padEnd(5, "~");
    at.setUint32(0, [...five].reduce((number, sign) => 85 * number + WORTH.get(sign), 0));
    bytes.set(new Uint8Array(at.buffer).subarray(0, bytes.length - place / 5 * 4), place / 5 * 4);
  }
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
}

const kept = document.querySelector("orrery-player");

/** The runs by their ids, and what they tell once: a run refers to values of its own and of the runs before it. */
const told = (async () => {
  const values = [], runs = {}, one = (part) => Array.isArray(part) ? part.map(one) : !part || typeof part !== "object" ? part
    : "$" in part ? one(values[part.$]) : Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, one(inner)]));
  for (const { id } of document.querySelectorAll("script[id^=run-]")) {
    const { values: more, run } = await unpacked(id);
    values.push(...more);
    runs[id] = () => one(run);
  }
  return runs;
})();

/** A run as the player wants it: what is told once for all layouts, with what one of them draws. */
kept.kept = async (address, layout) => {
  const run = (await told)[address.split("#")[0]](), one = (part) => ({ ...part.all, ...part[layout] });
  return { ...one(run), steps: run.steps.map(one) };
};

/** Another run takes the place of the one that is shown; the buttons under the picture stay as they are. */
async function change(link) {
  const number = link.dataset.run, { page, step, trace, shows, html } = (await unpacked("runs"))[number];
  const fresh = document.importNode(new DOMParser().parseFromString(html, "text/html").body, true);
  fresh.querySelector(".transport").replaceWith(kept.querySelector(".transport"));
  for (const part of [".frame", ".to-live", ".metrics", ".credit"]) kept.querySelector(part).replaceWith(fresh.querySelector(part));
  for (const other of document.querySelectorAll("[data-run]")) other.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  document.querySelector(".shows").textContent = shows;
  kept.setAttribute("page", page);
  kept.setAttribute("step", step);
  // Two may be the same run at another step: the address says which is meant.
  kept.setAttribute("trace", `${trace}#${number}`);
}

document.querySelector(".runs")?.addEventListener("click", (event) => {
  const link = event.target.closest("[data-run]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (!link.hasAttribute("aria-current")) change(link);
});
