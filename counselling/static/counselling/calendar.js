// The week by keyboard: one free place is in the order of Tab, the arrow keys move on. Without this script the plus beside each day does it.

const week = document.querySelector("[data-week]");
const columns = [...(week?.querySelectorAll(".wk-day") ?? [])].map((day) => [...day.querySelectorAll("[data-slot]")]);

function step(slot, [right, down]) {
  const column = columns.findIndex((slots) => slots.includes(slot));
  return columns[column + right]?.[columns[column].indexOf(slot) + down];
}

function moves(key) {
  const onward = getComputedStyle(week).direction === "rtl" ? -1 : 1;
  return { ArrowRight: [onward, 0], ArrowLeft: [-onward, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[key];
}

if (columns[0]?.[0]) {
  columns[0][0].tabIndex = 0;
  week.addEventListener("keydown", (event) => {
    const move = moves(event.key);
    const next = move && event.target.matches("[data-slot]") ? step(event.target, move) : undefined;
    if (next) {
      event.preventDefault();
      event.target.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    }
  });
}
