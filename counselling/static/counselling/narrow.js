// A long list of choices is narrowed by what is typed above it; the first that fits is chosen.

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export function watchNarrow(form) {
  const box = form.querySelector("[data-narrow]");
  const list = form.querySelector("[name=refer_to]");
  if (!box || !list) return;
  const find = box.querySelector("input");
  const all = [...list.options];
  box.hidden = false;
  find.addEventListener("input", () => {
    const words = plain(find.value).split(/\s+/).filter(Boolean);
    const fit = all.filter((option) => !option.value || words.every((word) => plain(option.textContent).includes(word)));
    list.replaceChildren(...fit);
    const first = fit.find((option) => option.value);
    list.value = words.length && first ? first.value : "";
    list.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
