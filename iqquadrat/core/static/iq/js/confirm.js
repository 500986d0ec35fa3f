// A destructive step asks in words first. On the button:
//   data-confirm="Delete record K-2026-0001?" data-confirm-text="What is lost, what stays." data-confirm-yes="Delete record"
//   data-confirm-no="Keep"
// Without this script the server's own page of confirmation is what protects; the dialog only spares the way there.

const dialog = document.getElementById("confirm");

function fill(button) {
  dialog.querySelector("#confirm-title").textContent = button.dataset.confirm;
  dialog.querySelector("#confirm-text").textContent = button.dataset.confirmText ?? "";
  const yes = dialog.querySelector("[value=yes]");
  yes.textContent = button.dataset.confirmYes ?? yes.textContent;
  yes.className = button.dataset.confirmKind === "plain" ? "btn btn-primary" : "btn btn-danger";
  const no = dialog.querySelector("[value=no]");
  no.textContent = button.dataset.confirmNo ?? no.textContent;
}

document.addEventListener(
  "click",
  (event) => {
    const button = event.target.closest?.("[data-confirm]");
    if (!dialog || !button || button.dataset.confirmed) {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    fill(button);
    dialog.returnValue = "no";
    dialog.showModal();
    dialog.addEventListener(
      "close",
      () => {
        button.focus();
        if (dialog.returnValue === "yes") {
          button.dataset.confirmed = "yes";
          button.click();
          delete button.dataset.confirmed;
        }
      },
      { once: true },
    );
  },
  true,
);
