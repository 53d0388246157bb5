// <div data-viewer>: looks at one image at full size and turned. State lives in classes; see _evidence.scss.
for (const viewer of document.querySelectorAll("[data-viewer]")) {
  const image = viewer.querySelector("img");
  const zoom = viewer.querySelector("[data-viewer-zoom]");
  const turn = viewer.querySelector("[data-viewer-turn]");
  let quarter = 0;

  // A turned image keeps the room of the upright one; margins give it the room it lacks
  const makeRoom = () => {
    const lacking = quarter % 2 ? (image.offsetWidth - image.offsetHeight) / 2 : 0;
    image.style.marginBlock = lacking > 0 ? `${lacking}px` : "";
    image.style.marginInline = lacking < 0 ? `${-lacking}px` : "";
  };

  zoom.hidden = false;
  zoom.addEventListener("click", () => {
    const zoomed = viewer.classList.toggle("is-zoomed");
    zoom.setAttribute("aria-pressed", String(zoomed));
    makeRoom();
  });

  turn.hidden = false;
  turn.addEventListener("click", () => {
    viewer.classList.remove(`is-turned-${quarter}`);
    quarter = (quarter + 1) % 4;
    viewer.classList.add(`is-turned-${quarter}`);
    makeRoom();
  });
}
