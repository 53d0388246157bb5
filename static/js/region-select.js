// <select data-parent="id_province"> keeps only the options whose data-parent is the chosen province.
// Options without data-parent always stay. The list is rebuilt: Safari on phones ignores hidden options.
function kept(node, chosen) {
  if (node.tagName === "OPTGROUP") {
    const group = node.cloneNode(false);
    group.append(...[...node.children].flatMap((option) => kept(option, chosen)));
    return group.children.length ? [group] : [];
  }
  const parent = node.dataset.parent;
  return !chosen || !parent || parent === chosen ? [node.cloneNode(true)] : [];
}

for (const select of document.querySelectorAll("select[data-parent]")) {
  const province = document.getElementById(select.dataset.parent);
  if (!province) continue;
  const every = [...select.children].map((node) => node.cloneNode(true));

  const narrow = () => {
    const value = select.value;
    select.replaceChildren(...every.flatMap((node) => kept(node, province.value)));
    const still = [...select.options].some((option) => option.value === value);
    select.value = still ? value : (select.options[0]?.value ?? "");
  };

  province.addEventListener("change", narrow);
  select.addEventListener("change", () => {
    const parent = select.selectedOptions[0]?.dataset.parent;
    if (parent && !province.value) {
      province.value = parent;
      narrow();
    }
  });
  window.addEventListener("pageshow", narrow);
  narrow();
}
