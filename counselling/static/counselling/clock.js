// The clock of a talk: it fills in the minutes until somebody types them. How it stands lies in a hidden field, and so in the
// draft: "seconds counted;running since (0: it stands);minutes typed (1) or not (0)".

const LONGEST = 6 * 3600; // a page left open over night is no talk

export function startClock(form, begins = "") {
  const box = form.querySelector("[data-timer]");
  const state = form.querySelector("[name=clock]");
  const minutes = form.querySelector("[name=minutes]");
  if (!box || !state || (minutes.value && !state.value && !begins)) return;
  const shown = box.querySelector("[role=timer]");
  const now = () => Math.floor(Date.now() / 1000);
  let [counted, since, typed] = (begins || state.value || `0;${now()};0`).split(";").map(Number);

  const seconds = () => Math.min(LONGEST, counted + (since ? Math.max(0, now() - since) : 0));
  const show = () => {
    const total = seconds();
    shown.textContent = `${Math.floor(total / 60)}:${String(total % 60).padStart(2, "0")}`;
    if (!typed) minutes.value = Math.max(1, Math.round(total / 60));
    state.value = `${counted};${since};${typed}`;
  };
  const pause = box.querySelector("[data-pause]");
  const say = () => (pause.textContent = since ? pause.dataset.off : pause.dataset.on);
  box.restart = (from) => {
    [counted, since, typed] = from.split(";").map(Number);
    show();
  };
  if (box.hidden) {
    setInterval(show, 1000);
    minutes.addEventListener("input", () => {
      typed = minutes.value === "" ? 0 : 1;
      show();
    });
    pause.addEventListener("click", () => {
      counted = seconds();
      since = since ? 0 : now();
      say();
      show();
      state.dispatchEvent(new Event("change", { bubbles: true })); // the draft learns of it
    });
  }
  box.hidden = false;
  say();
  show();
}
