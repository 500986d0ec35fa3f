// Pages of a session without a question: leave nothing, read aloud where this computer has the voice.
import { leaveNothing } from "./privacy.js";
import { canSpeak, speak, whenVoices } from "./speech.js";

leaveNothing();
const button = document.querySelector("[data-read]");
if (button) {
  const texts = [...document.querySelectorAll(".ask-card h1 [lang], .ask-points [lang]")].filter((part) => part.tagName !== "SMALL");
  const language = texts[0]?.lang || "de";
  whenVoices(() => { button.hidden = !canSpeak(language); });
  button.addEventListener("click", () => speak(texts.map((part) => part.textContent), language));
}
