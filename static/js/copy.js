/* A button that copies what stands in a field; without this it is not there, and the field can be copied by hand. A part
   of the page that comes later may have one too. */

const shown = () => { for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false; };

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy), said = button.parentElement.querySelector("[role=status]");
  try {
    await navigator.clipboard.writeText(field.value);
    said.textContent = "Copied.";
  } catch {
    field.select();
    said.textContent = "It is marked: copy it from the field.";
  }
});
document.addEventListener("focusin", ({ target }) => { if (target.id && document.querySelector(`[data-copy="${CSS.escape(target.id)}"]`)) target.select(); });
document.addEventListener("htmx:after:swap", shown);
shown();
