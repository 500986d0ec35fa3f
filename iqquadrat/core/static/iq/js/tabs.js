// Tabs whose panels are all on the page: a list with role=tablist, tabs with aria-controls. Arrow keys walk, Home and End jump.
// Tabs that are links to other pages need no script.

function select(tab, focus) {
  for (const other of tab.closest("[role=tablist]").querySelectorAll("[role=tab]")) {
    const chosen = other === tab;
    other.setAttribute("aria-selected", String(chosen));
    other.classList.toggle("active", chosen);
    other.tabIndex = chosen ? 0 : -1;
    document.getElementById(other.getAttribute("aria-controls")).hidden = !chosen;
  }
  if (focus) {
    tab.focus();
  }
}

document.addEventListener("click", (event) => {
  const tab = event.target.closest?.("[role=tab]");
  if (tab) {
    select(tab, false);
  }
});

document.addEventListener("keydown", (event) => {
  const tab = event.target.closest?.("[role=tab]");
  if (!tab) {
    return;
  }
  const tabs = [...tab.closest("[role=tablist]").querySelectorAll("[role=tab]")];
  const onward = getComputedStyle(tab).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const backward = onward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
  const at = tabs.indexOf(tab);
  const next = { [onward]: (at + 1) % tabs.length, [backward]: (at - 1 + tabs.length) % tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
  if (next !== undefined) {
    event.preventDefault();
    select(tabs[next], true);
  }
});
