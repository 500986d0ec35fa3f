// The first page: the language without a reload, the digits by touch, the greeting by voice.
import { latin as plain } from "./digits.js";
import { leaveNothing } from "./privacy.js";
import { canSpeak, speak, whenVoices } from "./speech.js";

leaveNothing();
const form = document.querySelector(".hello-code");
const input = form.querySelector("#code");
const cells = form.querySelector(".code-cells");
const go = form.querySelector(".pad-go");
const latin = (text) => plain(text).replace(/\D/g, "").slice(0, 8);

function show() {
  [...cells.querySelectorAll("i")].forEach((cell, place) => {
    cell.textContent = input.value[place] || "";
    cell.classList.toggle("cur", place === input.value.length);
  });
  go.disabled = input.value.length !== 8;
}

input.classList.add("visually-hidden");
cells.hidden = false;
input.addEventListener("input", () => { input.value = latin(input.value); show(); });
form.querySelector(".pad").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button || button === go) return;
  input.value = button.dataset.digit ? latin(input.value + button.dataset.digit) : input.value.slice(0, -1);
  show();
});
show();

for (const greet of document.querySelectorAll(".greet")) {
  const pick = greet.querySelector(".greet-pick");
  pick.addEventListener("click", (event) => {
    event.preventDefault();
    for (const other of document.querySelectorAll(".greet")) {
      other.classList.toggle("is-on", other === greet);
      other.querySelector(".greet-pick").setAttribute("aria-pressed", String(other === greet));
    }
    form.elements.lang.value = pick.value;
    for (const words of form.querySelectorAll(".code-words")) words.hidden = words.dataset.lang !== pick.value;
    form.querySelector(".q-error")?.remove();
    input.focus();
  });
  const listen = greet.querySelector(".greet-listen");
  whenVoices(() => { listen.hidden = !canSpeak(pick.value); });
  listen.addEventListener("click", () => speak([greet.querySelector(".greet-hi").textContent], pick.value));
}
