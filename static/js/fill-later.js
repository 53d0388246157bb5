// <section id data-fill-from="address"> shows, once it is here, what the section of the same id shows on that page.
// Until then, and where it does not come, its link leads there.
for (const section of document.querySelectorAll("[data-fill-from]")) {
  fetch(section.dataset.fillFrom)
    .then((answer) => answer.text())
    .then((text) => {
      const found = new DOMParser().parseFromString(text, "text/html").getElementById(section.id);
      if (found && !section.contains(document.activeElement)) section.replaceChildren(...found.childNodes);
    })
    .catch(() => {});
}
