/* Every page: the theme by choice, "/" for the search, and a word when the site does not answer. Loaded before the page is drawn, so that a
   chosen theme does not flash. */

{
  const KEY = "orrery:theme";
  const root = document.documentElement;
  let theme = "";
  try { theme = localStorage.getItem(KEY) ?? ""; } catch { /* no storage: the system's theme */ }

  const apply = () => {
    if (theme) root.dataset.theme = theme; else delete root.dataset.theme;
    // Pictures that come in two themes follow the choice too.
    for (const source of document.querySelectorAll("source[data-dark]")) {
      source.media = { dark: "all", light: "not all" }[theme] ?? "(prefers-color-scheme: dark)";
    }
  };
  apply();

  addEventListener("DOMContentLoaded", () => {
    apply();
    const select = document.querySelector(".theme select");
    select.value = theme;
    select.closest(".theme").hidden = false;
    select.addEventListener("change", () => {
      theme = select.value;
      try { localStorage.setItem(KEY, theme); } catch { /* it holds for this page */ }
      apply();
    });
  });

  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    // Whoever reads has the browser's own quick find: ours is there beside the search, and where nothing was begun yet.
    const nowhere = event.target === document.body && scrollY < 60 && !document.querySelector("main").contains(getSelection().anchorNode);
    if (!nowhere && !event.target.closest("header.site, search")) return;
    const field = [...document.querySelectorAll("input[type=search]")].find((one) => one.checkVisibility());
    event.preventDefault();
    if (field) { field.focus(); field.select(); } else document.querySelector("a.to-search")?.click();
  });

  // The server's own words come as a fragment; where there is no answer, or only one of a web server in
  // front, these stand in, and the page stays.
  const offline = () => {
    const trouble = document.getElementById("trouble");
    const close = Object.assign(document.createElement("button"), { type: "button", textContent: "Close" });
    close.dataset.dismiss = "";
    trouble.replaceChildren(trouble.dataset.offline, close);
  };
  addEventListener("htmx:error", offline);
  addEventListener("htmx:before:response", (event) => {
    const { status, headers } = event.detail.ctx.response;
    if ((status < 500 && status !== 429) || headers.has("HX-Retarget")) return;
    event.preventDefault();
    offline();
  });
  // What was typed or chosen before htmx listened is looked for too.
  addEventListener("htmx:after:init", ({ target }) => {
    if (target.matches?.("input[type=search]") && target.value !== target.defaultValue) target.dispatchEvent(new Event("search"));
    if (target.matches?.("select[hx-get]") && target.selectedOptions[0] && !target.selectedOptions[0].defaultSelected && target.selectedIndex) target.dispatchEvent(new Event("change"));
  });
  addEventListener("click", (event) => {
    if (event.target.closest("[data-dismiss]")) document.getElementById("trouble").replaceChildren();
  });
}
