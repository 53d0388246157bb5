// <form data-submit-once>: after the first submit the buttons are off and say what is going on (data-busy on the button).
for (const form of document.querySelectorAll("form[data-submit-once]")) {
  const buttons = [...form.querySelectorAll("button:not([type=button]), input[type=submit]")];
  const words = (button, text) => {
    if (button.tagName === "INPUT") button.value = text;
    else button.textContent = text;
  };

  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    // After this turn, or the pressed button would not be part of what is sent
    setTimeout(() => {
      for (const button of buttons) {
        button.disabled = true;
        if (button.dataset.busy) {
          button.dataset.words = button.tagName === "INPUT" ? button.value : button.textContent;
          words(button, button.dataset.busy);
        }
      }
    });
  });

  // Back from the next page: the browser may show this one as it was left
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const button of buttons) {
      button.disabled = false;
      if (button.dataset.words) words(button, button.dataset.words);
    }
  });
}
