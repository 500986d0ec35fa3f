// The answer on the page, read from its fields, and a short name for it in the log: equal names are equal answers.
import { latin } from "./digits.js";

export function readAnswer(form) {
  if (form.dataset.type === "single" || form.dataset.type === "multiple") {
    const choices = [...form.querySelectorAll("input[name=choice]:checked")].map((input) => input.value);
    return choices.length ? { choices } : null;
  }
  const field = (name) => form.elements[name].value.trim();
  if (form.dataset.type === "date") {
    const date = { year: latin(field("year")), month: field("month"), day: latin(field("day")) };
    return date.year || date.month || date.day ? date : null;
  }
  const value = form.dataset.type === "text" ? field("text") : latin(field("number"));
  return value ? { value } : null;
}

export function clearAnswer(form) {
  for (const input of form.querySelectorAll("input[name=choice]")) input.checked = false;
  for (const input of form.querySelectorAll(".typed-input")) input.value = "";
}

// FNV-1a, twice with different beginnings: not secret, only short and steady.
export function stateName(answer) {
  if (!answer) return "";
  const text = JSON.stringify(answer.choices ? [...answer.choices].sort() : answer);
  return [0x811c9dc5, 0x1b873593].map((start) => {
    let hash = start;
    for (const unit of text) hash = Math.imul(hash ^ unit.codePointAt(0), 0x01000193) >>> 0;
    return hash.toString(36);
  }).join("").slice(0, 16);
}
