// Shows only the facts that the chosen step needs; without this script all of them stand there and the server sorts them out.
for (const form of document.querySelectorAll("form[data-steps]")) {
  const choices = [...form.querySelectorAll("[name=stage]")];
  const groups = form.querySelectorAll("[data-step]");
  const show = () => {
    const chosen = choices.find((choice) => choice.checked)?.value;
    for (const group of groups) {
      group.hidden = group.dataset.step !== chosen;
    }
  };
  for (const choice of choices) {
    choice.addEventListener("change", show);
  }
  show();
}
