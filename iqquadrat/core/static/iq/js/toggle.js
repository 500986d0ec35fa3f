// Picture or table: <span class="toggle" data-toggle> with buttons that carry data-shows="id". Exactly one of the parts is seen.

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-toggle] [data-shows]");
  if (!button) {
    return;
  }
  for (const other of button.closest("[data-toggle]").querySelectorAll("[data-shows]")) {
    const chosen = other === button;
    other.setAttribute("aria-pressed", String(chosen));
    document.getElementById(other.dataset.shows).hidden = !chosen;
  }
});
