/* What a player has on a page of ours besides: forms that follow the step, an address of its own, a link to copy. In a
   widget there is none of it. */

// An address may name a verb, as those in a file to keep do: its form is open, and ready to be typed into.
{
  const verb = /^#do=(\w+)$/.exec(location.hash)?.[1], form = verb && document.querySelector(`.run-page form[data-verb=${verb}]`);
  if (form) {
    form.closest("details")?.setAttribute("open", "");
    form.querySelector("input:not([type=hidden]), select, button").focus();
  }
}

const later = new WeakMap();

/** What can be acted on depends on what has been done by this step: forms are fetched anew when that changes. */
function choices(player) {
  const act = player.trace.steps[player.step].act;
  player.acted ??= act;
  clearTimeout(later.get(player));
  if (act === player.acted) return;
  later.set(player, setTimeout(async () => {
    const forms = player.querySelector(".actions"), fragment = player.getAttribute("fragment"), asked = player.asked(player.step);
    if (!forms || !asked || forms.contains(document.activeElement)) return; // never under the reader's hands
    try {
      const response = await fetch(asked, { signal: player.stop.signal });
      if (!response.ok || fragment !== player.getAttribute("fragment")) return;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.querySelector(".actions");
      player.acted = act;
      forms.replaceWith(fresh);
      for (const input of fresh.querySelectorAll("input[data-step]")) input.value = player.step;
      window.htmx?.process(fresh);
    } catch { /* the forms stay as they are; what cannot be done is refused with a sentence */ }
  }, 300));
}

async function copy(player) {
  const said = player.querySelector(".copied");
  try {
    await navigator.clipboard.writeText(new URL(player.address(player.step), location.href).href);
    said.textContent = "Copied.";
  } catch { said.textContent = "Copy it from the link itself."; }
  setTimeout(() => { said.textContent = ""; }, 3000);
}

document.addEventListener("orrery:shown", ({ target }) => choices(target));
document.addEventListener("click", (event) => {
  const player = event.target.closest(".copy")?.closest("orrery-player");
  if (player?.trace && !event.metaKey && !event.ctrlKey && !event.shiftKey) copy(player);
});
// In a lesson the address is the lesson's: a player's fragment does not push its own.
document.addEventListener("htmx:before:history:update", (event) => {
  const source = event.detail.sourceElement, player = source?.closest("orrery-player");
  const lessons = document.querySelector("orrery-player:not([data-owns-address] *)");
  if (player ? !player.closest("[data-owns-address]") : lessons && source?.matches("[data-operates]")) event.preventDefault();
});
document.addEventListener("htmx:after:swap", (event) => {
  // A link of the text has operated a player, which may stand above the window.
  const link = event.detail?.ctx?.sourceElement?.closest("[data-operates]");
  if (link) document.querySelector(link.getAttribute("hx-target"))?.querySelector(".stage").scrollIntoView({ block: "nearest" });
});
