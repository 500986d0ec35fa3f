// The search box of every page as a combobox: the arrows walk through the hits, Enter opens the chosen one (or the page of all
// hits), Escape closes the list and, pressed again, gives up the field. Focus stays in the field all the time.

const box = document.getElementById("find-box");
const list = document.getElementById("found");

function options() {
  return [...list.querySelectorAll("[role=option]")];
}

function choose(option) {
  for (const other of options()) {
    other.setAttribute("aria-selected", String(other === option));
  }
  if (option) {
    box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else {
    box.removeAttribute("aria-activedescendant");
  }
}

function chosen() {
  return list.querySelector("[aria-selected=true]");
}

function show() {
  const hits = list.querySelector("[role=listbox]");
  box.setAttribute("aria-expanded", String(hits !== null));
  box.removeAttribute("aria-activedescendant");
  document.getElementById("found-said").textContent = hits?.dataset.said ?? list.textContent.trim();
}

function close() {
  list.replaceChildren();
  show();
}

function walk(step) {
  const all = options();
  const place = all.indexOf(chosen()) + step;
  // Beyond either end one is back in the field, with nothing chosen.
  choose(place === -2 ? all.at(-1) : all[place]);
}

if (box && list) {
  list.addEventListener("htmx:afterSwap", show);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || list.childElementCount === 0) {
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      walk(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && chosen()) {
      event.preventDefault();
      chosen().click();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
}
