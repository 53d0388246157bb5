// <form data-filter-form> submits itself on a change made by pointer or touch. With the keyboard a select
// changes at every arrow key, so there the button of the form stays the way to send it.
for (const form of document.querySelectorAll("form[data-filter-form]")) {
  let byKeyboard = false;
  form.addEventListener("keydown", () => {
    byKeyboard = true;
  });
  form.addEventListener("pointerdown", () => {
    byKeyboard = false;
  });
  form.addEventListener("change", (event) => {
    if (!byKeyboard && event.target.matches("select, input[type=checkbox], input[type=radio]")) {
      form.requestSubmit ? form.requestSubmit() : form.submit();
    }
  });
}
