async ({ frames, first, rounds }) => {
  // Times each step by the player, by the player's pictures alone, and by innerHTML of the server's picture.
  const player = document.querySelector("orrery-player");
  const seen = player.pictures.filter(({ states }) => states);
  const copies = seen.map(({ svg }) => {
    const copy = svg.cloneNode(false);
    svg.after(copy);
    return copy;
  });
  const settle = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const timed = (work, pictures) => {
    const start = performance.now();
    work();
    document.body.offsetHeight;
    for (const svg of pictures) svg.getBBox();
    return performance.now() - start;
  };
  const originals = seen.map(({ svg }) => svg);
  const ways = {
    show: (k) => timed(() => player.show(k), originals),
    set: (k) => timed(() => seen.forEach((picture) => picture.set(k)), originals),
    html: (k) => timed(() => copies.forEach((copy) => { copy.innerHTML = frames[copy.dataset.scene][k]; }), copies),
  };
  const took = { show: [], set: [], html: [] };
  const last = player.trace.steps.length - 1;
  for (let round = 0; round < rounds; round++) {
    for (const pass of ["show", "set"]) {
      player.show(first - 1);
      copies.forEach((copy) => { copy.innerHTML = frames[copy.dataset.scene][first - 1]; });
      for (let k = first; k <= last; k++) {
        await settle();
        took[pass].push(ways[pass](k));
        await settle();
        if (pass === "show") took.html.push(ways.html(k));
      }
    }
  }
  return took;
}
