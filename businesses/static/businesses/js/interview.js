// One page of the interview. Without this file it is a plain form. With it, a lost connection costs nothing: what was answered stays
// on the page and is sent again, with growing pauses, until it has arrived. The server knows a page by its op_id: twice is once.

const form = document.querySelector("[data-interview]");
const banner = document.querySelector("[data-net]");
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 15000;
let pending = false;
let wake = () => {};

// "No answer" stands alone.
form.addEventListener("change", ({ target }) => {
  if (target.type !== "checkbox" || !target.checked) {
    return;
  }
  for (const other of form.querySelectorAll(`input[type=checkbox][name="${CSS.escape(target.name)}"]`)) {
    if (other !== target && (target.hasAttribute("data-alone") || other.hasAttribute("data-alone"))) {
      other.checked = false;
    }
  }
});

// Typing takes "no answer" back.
form.addEventListener("input", ({ target }) => {
  const none = form.elements[`${target.name}-`];
  if (none && target.value) {
    none.checked = false;
  }
});

function rest(milliseconds) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds * (0.5 + Math.random()));
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

async function send() {
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    try {
      const response = await fetch(form.action || location.href, { method: "POST", body: new FormData(form), redirect: "follow" });
      if (response.status < 502 || response.status > 504) {
        return response;
      }
    } catch {
      // No network: the next round tries again.
    }
    banner.hidden = false;
    await rest(pause);
  }
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (pending) {
    return;
  }
  pending = true;
  const response = await send();
  pending = false;
  banner.hidden = true;
  if (response.ok && response.redirected) {
    location.assign(response.url);
  } else {
    form.submit(); // what needs another look is shown by the server, as without a script
  }
});

addEventListener("online", () => wake());
addEventListener("beforeunload", (event) => {
  if (pending && !banner.hidden) {
    event.preventDefault();
  }
});
