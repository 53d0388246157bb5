// <section data-completeness="address"> says what the answers of its form still lack. It asks only when its button is
// pressed, and forgets what it said as soon as an answer changes. Pictures are counted, not sent.
for (const section of document.querySelectorAll("[data-completeness]")) {
  const form = section.closest("form");
  const [said, list, advice] = ["said", "list", "advice"].map((part) => section.querySelector(`[data-completeness-${part}]`));

  const pictures = () => {
    const named = (name) => [...form.querySelectorAll(`[name=${name}]`)];
    const kept = named("shown_pictures").filter((field) => field.value).length;
    return kept + form.elements.pictures.files.length - named("held_pictures").filter((box) => box.checked).length;
  };

  const line = ({ label, state, words }) => {
    const item = document.createElement("li");
    const strong = document.createElement("strong");
    strong.textContent = words;
    const icon = section.querySelector(`[data-completeness-icon=${state}]`).content.cloneNode(true);
    item.append(icon, ` ${label}: `, strong);
    return item;
  };

  const show = ({ requirements = [], fault = "" }) => {
    said.textContent = fault;
    list.replaceChildren(...requirements.map(line));
    advice.hidden = !requirements.some(({ state }) => state === "missing");
  };

  section.querySelector("button").addEventListener("click", async () => {
    const answers = new FormData(form);
    answers.delete("pictures");
    answers.set("picture_count", pictures());
    try {
      const answer = await fetch(section.dataset.completeness, { method: "POST", body: answers });
      show(await answer.json());
    } catch {
      show({ fault: section.dataset.failed });
    }
  });
  form.addEventListener("change", () => show({}));
  section.hidden = false;
}
