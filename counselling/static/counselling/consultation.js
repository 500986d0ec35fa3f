// Logging a consultation by keyboard: the rank of topics, and the keys. Without it the page is a plain form.

import { enter, watchChips } from "./chips.js";
import { startClock } from "./clock.js";
import { watchNarrow } from "./narrow.js";
import { watchPeople } from "./people.js";

const form = document.querySelector("form[data-consultation]");
const topics = [...form.querySelectorAll("[data-topics] input")];
const main = form.querySelector("[name=main_topic]");

startClock(form);
watchChips(form);
watchPeople(form);
watchNarrow(form);

// --- Topics: the first pressed is the main one ---------------------------------------------------------
let order = topics.filter((topic) => topic.checked).map((topic) => topic.value);
order.sort((a, b) => (b === main.value) - (a === main.value));

function rank() {
  main.value = order[0] ?? "";
  for (const topic of topics) {
    const place = order.indexOf(topic.value) + 1;
    const label = topic.closest(".chip");
    const sign = label.querySelector("b");
    sign.textContent = place || "";
    sign.hidden = !place;
    label.classList.toggle("second", place > 1);
  }
}

form.addEventListener("change", (event) => {
  if (topics.includes(event.target)) {
    order = order.filter((value) => value !== event.target.value);
    if (event.target.checked) {
      order.push(event.target.value);
    }
    rank();
  }
});
rank();

// --- Keys ----------------------------------------------------------------------------------------------
function isTyping(element) {
  return element?.matches("textarea, select, input:not([type=checkbox], [type=radio])");
}

const WAYS = {
  KeyN: "[name=concern]", KeyW: "[name=next_step]", KeyV: "#refer-find", KeyM: "#with",
  KeyS: "[data-chips=languages]", KeyT: "[data-chips=topics]", KeyP: "[data-pause]",
};

document.addEventListener("keydown", (event) => {
  if (event.altKey && !event.ctrlKey) {
    const found = WAYS[event.code] && form.querySelector(WAYS[event.code]);
    if (!found) return;
    event.preventDefault();
    const folded = found.closest("details:not([open])");
    if (folded) folded.open = true;
    if (event.code === "KeyP") found.click();
    else if (found.matches("[data-chips]")) enter(found);
    else found.focus();
    return;
  }
  if (!event.ctrlKey && !event.metaKey && /^[1-9]$/.test(event.key) && !isTyping(document.activeElement)) {
    event.preventDefault();
    topics[Number(event.key) - 1]?.click();
  }
});

// Enter in a search searches; it does not send the form.
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.ctrlKey && event.target.matches("[data-no-enter]")) {
    event.preventDefault();
  }
});
