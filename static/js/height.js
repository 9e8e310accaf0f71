/* For the page that shows a widget: its frame becomes as high as what it shows. A frame is known by the window
   that the message came from, so nothing else on the page is touched. Widgets that spoke before this could listen
   are asked once more; nothing is sent to anybody else. */

const home = new URL(document.currentScript.src).origin;

addEventListener("message", ({ source, data }) => {
  if (data?.orrery !== "height" || !(data.height > 0 && data.height < 10000)) return;
  for (const frame of document.querySelectorAll("iframe")) {
    if (frame.contentWindow !== source) continue;
    frame.style.aspectRatio = "auto";
    frame.style.height = `${data.height}px`;
  }
});

for (const frame of document.querySelectorAll("iframe")) {
  if (frame.src.startsWith(`${home}/embed/`)) frame.contentWindow.postMessage({ orrery: "ask" }, home);
}
