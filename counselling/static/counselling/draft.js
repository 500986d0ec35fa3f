// What is typed is kept on the server a moment later, never in the browser: the PC belongs to many. One request at a time, so
// that an older state never comes after a newer one. Without a connection the words stay in the form and are sent again.

const form = document.querySelector("form[data-draft]");
const status = form.querySelector("[data-draft-state]");
const PAUSE = 1200; // ms after the last key
const LONGEST_WAIT = 20000;

let timer = 0;
let wait = 2000;
let busy = false;
let again = false;
let over = false;

function say(text, lost = false) {
  status.textContent = text;
  status.classList.toggle("is-lost", lost);
}

function later(delay) {
  clearTimeout(timer);
  timer = setTimeout(keep, delay);
}

async function keep() {
  if (over) return;
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  again = false;
  try {
    const reply = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form), redirect: "manual" });
    if (reply.type === "opaqueredirect" || reply.status === 403) {
      say(form.dataset.signedOut, true);
    } else if (reply.status >= 500) {
      throw new Error(String(reply.status));
    } else {
      say((await reply.json()).message, !reply.ok);
      over = reply.status === 410;
    }
    wait = 2000;
  } catch {
    say(form.dataset.lost, true);
    again = false;
    later(wait);
    wait = Math.min(LONGEST_WAIT, wait * 2);
  } finally {
    busy = false;
    if (again) later(0);
  }
}

form.addEventListener("input", () => later(PAUSE));
form.addEventListener("change", () => later(PAUSE));
addEventListener("online", () => status.classList.contains("is-lost") && later(0));
form.addEventListener("submit", (event) => {
  if (!navigator.onLine) {
    // The browser's own page would take the words away; here they stay.
    event.preventDefault();
    say(form.dataset.lost, true);
    later(wait);
    return;
  }
  over = true;
  clearTimeout(timer);
});
addEventListener("pageshow", (event) => {
  if (event.persisted) over = false;
});
