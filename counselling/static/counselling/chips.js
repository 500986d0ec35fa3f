// Rows of chips by keyboard: one stop of Tab a row, arrows along it, a letter leads to the next chip that begins with it.

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").trim().toLowerCase();

function items(group) {
  return [...group.querySelectorAll("input[type=checkbox], input[type=radio], summary")];
}

const isThere = (item) => item.tagName === "SUMMARY" || !item.closest("details:not([open])");

function label(item) {
  const words = (item.closest("label") ?? item).cloneNode(true);
  words.querySelectorAll("b, kbd").forEach((mark) => mark.remove());
  return plain(words.textContent);
}

// Radio buttons are one stop already.
function hold(group, held) {
  if (group.querySelector("input[type=radio]")) return;
  const all = items(group);
  const stop = held ?? all.find((item) => item.checked) ?? all[0];
  for (const item of all) item.tabIndex = item === stop ? 0 : -1;
}

export function enter(group) {
  const all = items(group);
  (all.find((item) => item.tabIndex === 0 && (item.type !== "radio" || item.checked)) ?? all[0])?.focus();
}

function go(group, item) {
  const folded = item.closest("details:not([open])");
  if (folded && item.tagName !== "SUMMARY") folded.open = true;
  hold(group, item);
  item.focus();
  if (item.type === "radio") item.click();
}

function onKey(event) {
  const group = event.currentTarget;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const all = items(group);
  const at = all.indexOf(document.activeElement);
  if (at < 0) return;
  const backwards = document.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
  const forwards = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const step = { [backwards]: -1, ArrowUp: -1, [forwards]: 1, ArrowDown: 1 }[event.key];
  if (step && all[at].type !== "radio") {
    const there = all.filter(isThere);
    const place = there.indexOf(all[at]) + step;
    event.preventDefault();
    go(group, there[(place + there.length) % there.length]);
  } else if (/^\p{L}$/u.test(event.key)) {
    event.stopPropagation(); // here a letter is no shortcut of the page
    event.preventDefault();
    const turned = [...all.slice(at + 1), ...all.slice(0, at + 1)];
    const begins = turned.filter((item) => item.tagName !== "SUMMARY" && label(item).startsWith(plain(event.key)));
    const found = begins.find(isThere) ?? begins[0];
    if (found) go(group, found);
  }
}

export function watchChips(form) {
  for (const group of form.querySelectorAll("[data-chips]")) {
    hold(group);
    group.addEventListener("keydown", onKey);
    group.addEventListener("focusin", (event) => items(group).includes(event.target) && hold(group, event.target));
  }
}
