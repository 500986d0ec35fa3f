// Forms: a summary of errors takes the focus; a form is sent once, however often the button is pressed; filters with
// data-auto send themselves when something is chosen.

document.querySelector(".error-summary")?.focus();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) {
    return;
  }
  if (form.dataset.sending) {
    event.preventDefault();
    return;
  }
  form.dataset.sending = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
});

// Coming back by the browser's Back shows the page as it was left: sending is over then.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sending]")) {
    delete form.dataset.sending;
    for (const field of form.elements) {
      field.removeAttribute("aria-busy"); // also of a button that stands elsewhere and belongs to the form
    }
  }
});

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-auto]");
  if (form && event.target.matches("select, input[type=checkbox], input[type=radio], input[type=date]")) {
    form.requestSubmit();
  }
});

// A tick with data-ticks="name" ticks or unticks every box of that name on the page.
document.addEventListener("change", (event) => {
  const name = event.target.dataset?.ticks;
  if (!name) {
    return;
  }
  for (const box of document.querySelectorAll(`input[type=checkbox][name="${CSS.escape(name)}"]`)) {
    box.checked = event.target.checked;
  }
});
