// <div data-masking="id of a textarea">: boxes drawn on the picture become lines of the textarea, and the other way round.
const SMALLEST = 4;

for (const place of document.querySelectorAll("[data-masking]")) {
  const field = document.getElementById(place.dataset.masking);
  const svg = place.querySelector("svg");
  const form = field.form;
  let boxes = [];
  let start = null;
  let draft = null;

  // As the server reads them: a minus right after a digit parts two numbers.
  const numbers = (line) => (line.replace(/(\d)-/g, "$1 ").match(/-?\d+/g) ?? []).map(Number);
  const put = (rect, [left, top, right, bottom]) => {
    for (const [name, value] of Object.entries({ x: left, y: top, width: right - left, height: bottom - top })) {
      rect.setAttribute(name, value);
    }
  };
  const draw = (box) => {
    const rect = document.createElementNS(svg.namespaceURI, "rect");
    put(rect, box);
    svg.append(rect);
    return rect;
  };
  const redraw = () => {
    for (const rect of svg.querySelectorAll("rect")) rect.remove();
    boxes.forEach(([left, top, right, bottom], index) => {
      draw(between([left, top], [right, bottom])).dataset.index = index;
    });
  };
  const write = () => {
    field.value = boxes.map((box) => box.join(", ")).join("\n");
    redraw();
  };
  const read = () => {
    boxes = field.value.split("\n").map(numbers).filter((box) => box.length === 4);
    redraw();
  };
  // Pixels of the clean copy, whatever size it is shown at
  const at = (event) => {
    const { width, height } = svg.viewBox.baseVal;
    const shown = svg.getBoundingClientRect();
    const x = Math.round(((event.clientX - shown.left) / shown.width) * width);
    const y = Math.round(((event.clientY - shown.top) / shown.height) * height);
    return [Math.min(Math.max(x, 0), width), Math.min(Math.max(y, 0), height)];
  };
  const between = ([left, top], [right, bottom]) => [
    Math.min(left, right), Math.min(top, bottom), Math.max(left, right), Math.max(top, bottom),
  ];

  svg.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    start = at(event);
    draft = draw(between(start, start));
    svg.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  svg.addEventListener("pointermove", (event) => {
    if (start) put(draft, between(start, at(event)));
  });
  svg.addEventListener("pointerup", (event) => {
    if (!start) return;
    const box = between(start, at(event));
    if (box[2] - box[0] >= SMALLEST && box[3] - box[1] >= SMALLEST) boxes.push(box);
    // No drag but a press: the topmost box below it goes
    else boxes = boxes.filter((other) => other !== boxes.findLast((one) => holds(one, start)));
    start = null;
    write();
  });
  svg.addEventListener("pointercancel", () => {
    start = null;
    redraw();
  });

  const holds = ([left, top, right, bottom], [x, y]) => left <= x && x < right && top <= y && y < bottom;
  const tick = () => {
    for (const box of form.querySelectorAll("input[name=lines]")) {
      svg.querySelector(`[data-line="${box.value}"]`).classList.toggle("is-chosen", box.checked);
    }
  };

  field.addEventListener("input", read);
  form.addEventListener("change", tick);
  place.classList.add("is-live");
  document.querySelector("[data-masking-hint]").hidden = false;
  read();
  tick();
}
