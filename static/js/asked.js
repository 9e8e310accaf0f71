/* What is asked of the reader. A solution that has been opened plays by itself. */

import { still } from "./picture.js";

// The run is here: one that is to be watched goes on by itself, unless the reader wishes that nothing moves.
document.addEventListener("orrery:ready", ({ target: player }) => {
  const shown = player.querySelector("[data-plays]");
  shown?.removeAttribute("data-plays");
  if (shown && !still.matches) player.play();
});
