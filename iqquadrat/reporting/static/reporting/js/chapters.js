// The chapters of the figures: the address opens the chapter that it points into, and paper shows all of them.

const chapters = [...document.querySelectorAll("[data-chapter]")];

function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const chapter = target?.closest("[data-chapter]");
  if (!chapter) return;
  chapter.open = true;
  chapter.scrollIntoView();
}

window.addEventListener("hashchange", reveal);
reveal();

let folded = [];
window.addEventListener("beforeprint", () => {
  folded = chapters.filter((chapter) => !chapter.open);
  folded.forEach((chapter) => { chapter.open = true; });
});
window.addEventListener("afterprint", () => {
  folded.forEach((chapter) => { chapter.open = false; });
});
