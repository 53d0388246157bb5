// <ol data-read-lines> beside components/viewer.html: a line and its box light up together, by pointer and by keyboard.
const list = document.querySelector("[data-read-lines]");
const partners = (number) => document.querySelectorAll(`[data-line="${number}"]`);

function light(event, on) {
  const part = event.target.closest?.("[data-line]");
  if (part) for (const partner of partners(part.dataset.line)) partner.classList.toggle("is-lit", on);
}

for (const place of [list, document.querySelector(".viewer__boxes")]) {
  if (!place) continue;
  for (const [name, on] of [["pointerover", true], ["focusin", true], ["pointerout", false], ["focusout", false]]) {
    place.addEventListener(name, (event) => light(event, on));
  }
}
