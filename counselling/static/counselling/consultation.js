// Logging a consultation by keyboard: the clock, the rank of topics, and the keys. Without it the page is a plain form.

const form = document.querySelector("form[data-consultation]");
const minutes = form.querySelector("[name=minutes]");
const topics = [...form.querySelectorAll("[data-topics] input")];
const main = form.querySelector("[name=main_topic]");
const clock = form.querySelector("[data-timer]");

// --- The clock: fills the minutes until somebody types them --------------------------------------------
if (clock && !minutes.value) {
  const shown = clock.querySelector("[role=timer]");
  const pause = clock.querySelector("[data-pause]");
  let seconds = 0;
  let last = Date.now();
  let running = true;
  let typed = false;
  const show = () => {
    if (running) {
      seconds += (Date.now() - last) / 1000;
    }
    last = Date.now();
    shown.textContent = `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
    if (!typed) {
      minutes.value = Math.max(1, Math.round(seconds / 60));
    }
  };
  clock.hidden = false;
  show();
  setInterval(show, 1000);
  minutes.addEventListener("input", () => {
    typed = minutes.value !== "";
  });
  pause.addEventListener("click", () => {
    show();
    running = !running;
    pause.textContent = running ? pause.dataset.off : pause.dataset.on;
  });
}

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

document.addEventListener("keydown", (event) => {
  if (event.altKey && !event.ctrlKey) {
    const target = { KeyN: "[name=concern]", KeyW: "[name=next_step]", KeyP: "[data-pause]" }[event.code];
    const found = target && form.querySelector(target);
    if (found) {
      event.preventDefault();
      if (event.code === "KeyP") {
        found.click();
      } else {
        found.focus();
      }
    }
    return;
  }
  if (!event.ctrlKey && !event.metaKey && /^[1-9]$/.test(event.key) && !isTyping(document.activeElement)) {
    event.preventDefault();
    topics[Number(event.key) - 1]?.click();
  }
});

// Enter in the search for a person searches; it does not send the form.
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.ctrlKey && event.target.matches("[data-no-enter]")) {
    event.preventDefault();
  }
});
