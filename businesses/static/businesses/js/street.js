// The street: a chosen unit's facts come without the page being loaded anew; arrow keys walk from shop to shop.
const street = document.querySelector("[data-street]");

function choose(link) {
  for (const old of document.querySelectorAll(".is-here")) {
    old.classList.remove("is-here");
    old.removeAttribute("aria-current");
  }
  link.classList.add("is-here");
  link.setAttribute("aria-current", "true");
  street.querySelector(`[data-of="${CSS.escape(link.dataset.unit)}"]`)?.classList.add("is-here");
}

street?.addEventListener("click", (event) => {
  const link = event.target.closest("a.u");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !window.htmx) {
    return;
  }
  event.preventDefault();
  const address = link.getAttribute("href");
  choose(link);
  history.replaceState(history.state, "", address);
  window.htmx.ajax("GET", address, { target: "#st-below", swap: "outerHTML", select: "#st-below" });
});

// Sideways to the next shop of the same side, up and down across the street; the direction of writing turns them round.
street?.addEventListener("keydown", (event) => {
  const link = event.target.closest("a.u");
  if (!link || !event.key.startsWith("Arrow")) {
    return;
  }
  event.preventDefault();
  const sides = [...street.querySelectorAll(".st-side")];
  const mine = sides.indexOf(link.closest(".st-side"));
  const shops = [...sides[mine].querySelectorAll("a.u")];
  const forward = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  if (event.key === "ArrowUp" || event.key === "ArrowDown") {
    const other = sides[mine + (event.key === "ArrowDown" ? 1 : -1)];
    const across = other ? [...other.querySelectorAll("a.u")] : [];
    across[Math.min(shops.indexOf(link), across.length - 1)]?.focus();
    return;
  }
  shops[shops.indexOf(link) + (event.key === forward ? 1 : -1)]?.focus();
});
