// <div data-lane-fields="laporan"> shows only while the form's radio "lane" (or the name in data-lane-name) has that value.
// Hidden fields are switched off too: what an anonymous reporter typed there before must not be sent.
for (const part of document.querySelectorAll("[data-lane-fields]")) {
  const form = part.closest("form");
  const name = part.dataset.laneName || "lane";

  const show = () => {
    const chosen = form.querySelector(`[name="${name}"]:checked`);
    part.hidden = !chosen || chosen.value !== part.dataset.laneFields;
    for (const control of part.querySelectorAll("input, select, textarea")) {
      control.disabled = part.hidden;
    }
  };

  for (const hint of form.querySelectorAll("[data-lane-hint]")) {
    hint.hidden = true;
  }
  form.addEventListener("change", show);
  window.addEventListener("pageshow", show);
  show();
}
