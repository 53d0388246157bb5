// Picked screenshots: small pictures, count and size, and a word before the limits are passed.
// Several picks add up (the browser alone would keep the last one); dropped and pasted files count as picked. The list
// and all its words are in components/previews.html; limits come as data-max-files, data-max-bytes and
// data-max-total-bytes. Tells picture-upload.js by "previews:change"; what that has sent leaves the input.
const MEGABYTE = 1024 * 1024;
const same = (a, b) => a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;

function size(bytes) {
  const megabytes = bytes / MEGABYTE;
  return `${megabytes.toLocaleString(document.documentElement.lang, { maximumFractionDigits: megabytes < 1 ? 2 : 1 })} MB`;
}

function complaint(files, words) {
  const large = files.find((file) => file.size > Number(words.maxBytes));
  if (files.length > Number(words.maxFiles)) return words.tooMany;
  if (large) return words.tooLarge.replace("%s", large.name);
  const total = files.reduce((sum, file) => sum + file.size, 0);
  return total > Number(words.maxTotalBytes) ? words.tooHeavy : "";
}

function picture(file, words) {
  const blank = document.createElement("span");
  blank.className = "previews__blank";
  blank.textContent = words.noPreview;
  const image = document.createElement("img");
  image.alt = "";
  image.src = URL.createObjectURL(file);
  image.addEventListener("load", () => URL.revokeObjectURL(image.src));
  // HEIC and damaged files: the server can read what this browser cannot
  image.addEventListener("error", () => {
    URL.revokeObjectURL(image.src);
    image.replaceWith(blank);
  });
  return image;
}

function card(file, words, remove) {
  const item = document.createElement("li");
  item.classList.toggle("is-too-large", file.size > Number(words.maxBytes));
  const name = document.createElement("span");
  name.className = "previews__name";
  name.textContent = file.name;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm btn-link";
  button.textContent = words.remove;
  button.setAttribute("aria-label", `${words.remove}: ${file.name}`);
  button.addEventListener("click", remove);
  item.append(picture(file, words), name, size(file.size), document.createElement("br"), button);
  return item;
}

function bind(box) {
  const input = document.getElementById(box.dataset.previewsFor);
  if (!input) return;
  const words = box.dataset;
  const list = box.querySelector("[data-previews-list]");
  const said = box.querySelector("[data-previews-said]");
  const cards = new Map();
  const sent = new WeakSet();
  let files = [];

  const fill = () => {
    const transfer = new DataTransfer();
    files.filter((file) => !sent.has(file)).forEach((file) => transfer.items.add(file));
    input.files = transfer.files;
  };

  const keep = (next) => {
    [...cards.keys()].filter((file) => !next.includes(file)).forEach((file) => {
      cards.get(file).remove();
      cards.delete(file);
    });
    files = next;
    fill();
    const problem = complaint(files, words);
    input.setCustomValidity(problem);
    const total = files.reduce((sum, file) => sum + file.size, 0);
    const count = words.count.replace("%n", files.length).replace("%s", size(total));
    said.textContent = files.length ? `${count} ${problem}`.trim() : "";
    said.classList.toggle("text-danger", Boolean(problem));
    files.filter((file) => !cards.has(file)).forEach((file) => {
      cards.set(file, card(file, words, () => {
        keep(files.filter((other) => other !== file));
        input.focus();
      }));
      list.append(cards.get(file));
    });
    const settle = (file) => {
      sent.add(file);
      fill();
    };
    box.dispatchEvent(new CustomEvent("previews:change", { detail: { cards: new Map(cards), problem, settle } }));
  };

  const add = (more) => {
    const added = [...more].filter((file) => !files.some((other) => same(file, other)));
    if (added.length) keep([...files, ...added]);
    else fill();
  };

  input.addEventListener("change", () => add(input.files));
  document.addEventListener("dragover", (event) => {
    if (event.dataTransfer.types.includes("Files")) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    add(event.dataTransfer.files);
  });
  document.addEventListener("paste", (event) => {
    if (event.clipboardData.files.length) add(event.clipboardData.files);
  });
  // The browser may bring files back by itself after Back
  if (input.files.length) keep([...input.files]);
}

document.querySelectorAll("[data-previews-for]").forEach(bind);
