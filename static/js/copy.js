// Copies the receipt code. Without the clipboard (plain http, old phones) the code is selected instead.
function select(node) {
  const range = document.createRange();
  range.selectNodeContents(node);
  const selection = window.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}

async function copy(source) {
  try {
    await navigator.clipboard.writeText(source.textContent.trim());
    return true;
  } catch {
    select(source);
    return document.execCommand("copy");
  }
}

for (const box of document.querySelectorAll("[data-copy]")) {
  const source = box.querySelector("[data-copy-source]");
  const button = box.querySelector("[data-copy-button]");
  const said = box.querySelector("[data-copy-said]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    said.textContent = (await copy(source)) ? said.dataset.copied : said.dataset.failed;
  });
}
