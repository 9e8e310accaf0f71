/* An article whose links drive the widget beside them. Without this script each link opens the same in the frame. */

const frame = document.querySelector("iframe[name=model]");
const said = document.querySelector("[data-said]");
const home = new URL(frame.src).origin;

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-orrery]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  frame.contentWindow.postMessage(JSON.parse(link.dataset.orrery), home);
});

addEventListener("message", ({ source, data }) => {
  if (source !== frame.contentWindow) return;
  if (["ready", "step"].includes(data.orrery)) said.textContent = `The widget tells: step ${data.step} of ${data.last}. ${data.say}`;
  if (data.orrery === "acted" && data.refused) said.textContent = `The widget refuses: ${data.say}`;
});
