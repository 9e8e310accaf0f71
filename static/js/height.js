/* For the page that shows widgets: a frame becomes as high as what it shows; where a widget lets the keys go, the page
   has them; and one with theme=host takes the light or dark that its frame has by the page's `color-scheme`. A frame is
   known by the window that the message came from, so nothing else on the page is touched. Widgets that spoke before
   this could listen are asked once more, and nothing else is said to whatever stands in the frame. */

{
  const home = new URL(document.currentScript.src).origin, dark = matchMedia("(prefers-color-scheme: dark)");
  const frames = () => [...document.querySelectorAll("iframe")];

  const scheme = (frame) => {
    const told = getComputedStyle(frame).colorScheme, both = told.includes("dark") && told.includes("light");
    return told.includes("dark") && (!both || dark.matches) ? "dark" : "light";
  };
  const themed = (frame) => {
    if (frame.src.startsWith(`${home}/embed/`) && /[?&]theme=host\b/.test(frame.src)) frame.contentWindow.postMessage({ orrery: "theme", scheme: scheme(frame) }, "*"); // a sandboxed frame has no origin
  };
  const repaint = () => frames().forEach(themed);

  addEventListener("message", ({ source, data }) => {
    const frame = data?.orrery && frames().find((one) => one.contentWindow === source);
    if (!frame) return;
    if (data.orrery === "height" && data.height > 0 && data.height < 10000) {
      frame.style.aspectRatio = "auto";
      frame.style.height = `${data.height}px`;
    }
    if (data.orrery === "ready") themed(frame);
    if (data.orrery === "left") frame.blur();
  });
  dark.addEventListener("change", repaint);
  for (const element of [document.documentElement, document.body]) {
    if (element) new MutationObserver(repaint).observe(element, { attributes: true, attributeFilter: ["class", "style", "data-theme", "data-color-scheme", "data-bs-theme"] });
  }

  for (const frame of frames()) {
    if (frame.src.startsWith(`${home}/embed/`)) frame.contentWindow.postMessage({ orrery: "ask" }, "*"); // it may not be there yet
  }
}
