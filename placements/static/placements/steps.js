// Shows only the facts that the chosen step needs; without this script all of them stand there and the server sorts them out.
for (const form of document.querySelectorAll("form[data-steps]")) {
  const choice = form.querySelector("[name=stage]");
  const groups = form.querySelectorAll("[data-step]");
  const show = () => {
    for (const group of groups) {
      group.hidden = group.dataset.step !== choice.value;
    }
  };
  choice.addEventListener("change", show);
  show();
}
