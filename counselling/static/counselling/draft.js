// What is typed is kept on the server a moment later, never in the browser: the PC belongs to many. One request at a time, so
// that an older state never comes after a newer one. Without a connection the words stay in the form and are sent again; to save
// begins with keeping, so that the browser's own page about a lost connection never takes the words away.

const form = document.querySelector("form[data-draft]");
const status = form.querySelector("[data-draft-state]");
const PAUSE = 1200; // ms after the last key
const LONGEST_WAIT = 20000;

let timer = 0;
let wait = 2000;
let busy = false;
let again = false;
let over = false;
let saving = null; // the wish to save waits here until the words are safe: { submitter }

function say(text, lost = false) {
  status.textContent = text;
  status.classList.toggle("is-lost", lost);
}

function later(delay) {
  clearTimeout(timer);
  timer = setTimeout(keep, delay);
}

function save() {
  over = true;
  clearTimeout(timer);
  form.requestSubmit(saving.submitter);
}

function kept(message) {
  say(message);
  // The page loaded again goes on with the draft.
  history.replaceState(history.state, "", `?draft=${form.elements.submission.value}`);
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
      saving = null;
    } else if (reply.status >= 500) {
      throw new Error(String(reply.status));
    } else {
      const words = (await reply.json()).message;
      if (reply.ok) kept(words);
      else say(words, true);
      if (saving) save();
      over ||= reply.status === 410;
    }
    wait = 2000;
  } catch {
    say(saving ? form.dataset.waits : form.dataset.lost, true);
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
  if (over) return;
  event.preventDefault();
  event.stopPropagation();
  const first = !saving;
  saving = { submitter: event.submitter };
  if (first) later(0);
});
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  over = false;
  saving = null;
});
