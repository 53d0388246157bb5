// <div data-viewer>: makes one image larger, smaller, turned. Without it the image is as wide as its stage.
const STEPS = [50, 75, 100, 150, 200, 300, 400];

for (const viewer of document.querySelectorAll("[data-viewer]")) {
  const stage = viewer.querySelector("[data-viewer-stage]");
  const sheet = viewer.querySelector("[data-viewer-sheet]");
  const button = (name) => viewer.querySelector(`[data-viewer-${name}]`);
  let percent = 100;
  let quarter = 0;

  // A turned image keeps the room of the upright one; margins give it the room it lacks
  const makeRoom = () => {
    const lacking = quarter % 2 ? (sheet.offsetWidth - sheet.offsetHeight) / 2 : 0;
    sheet.style.marginBlock = lacking > 0 ? `${lacking}px` : "";
    sheet.style.marginInline = lacking < 0 ? `${-lacking}px` : "";
  };

  const show = (wanted) => {
    percent = wanted;
    viewer.classList.remove("is-fitted");
    sheet.style.width = `${percent}%`;
    makeRoom();
  };

  const actions = {
    smaller: () => show(STEPS.findLast((step) => step < percent) ?? STEPS[0]),
    larger: () => show(STEPS.find((step) => step > percent) ?? STEPS.at(-1)),
    fit: () => {
      percent = 100;
      sheet.style.width = "";
      viewer.classList.add("is-fitted");
      makeRoom();
    },
    turn: () => {
      viewer.classList.remove(`is-turned-${quarter}`);
      quarter = (quarter + 1) % 4;
      viewer.classList.add(`is-turned-${quarter}`);
      makeRoom();
    },
  };
  const KEYS = { "+": "larger", "=": "larger", "-": "smaller", 0: "fit", r: "turn", R: "turn" };

  for (const [name, act] of Object.entries(actions)) {
    button(name).hidden = false;
    button(name).addEventListener("click", act);
  }
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
    event.preventDefault();
    actions[KEYS[event.key]]();
  });
  sheet.querySelector("img").addEventListener("load", makeRoom);
}
