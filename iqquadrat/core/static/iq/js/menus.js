// Menus (details.menu) close by Esc, by a click beside them and when the focus leaves. What carries data-opens="id" shows
// that part on a phone; without this script the link's :target does the same.

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(except)) {
      menu.open = false;
    }
  }
}

document.addEventListener("click", (event) => closeMenus(event.target));
document.addEventListener("focusin", (event) => closeMenus(event.target));

function setOpen(opener, open) {
  const part = document.getElementById(opener.dataset.opens);
  part.classList.toggle("is-open", open);
  opener.setAttribute("aria-expanded", String(open));
  if (open) {
    part.querySelector("input, .side-list a")?.focus();
  }
}

for (const opener of document.querySelectorAll("[data-opens]")) {
  opener.setAttribute("aria-expanded", "false");
  opener.setAttribute("aria-controls", opener.dataset.opens);
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    setOpen(opener, opener.getAttribute("aria-expanded") !== "true");
  });
  opener.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      opener.click();
    }
  });
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") {
    return;
  }
  const menu = document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  for (const opener of document.querySelectorAll("[data-opens][aria-expanded=true]")) {
    setOpen(opener, false);
    opener.focus();
  }
});
