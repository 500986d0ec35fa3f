// The words of the page, written by the server in the reader's language.

const texts = JSON.parse(document.getElementById("texts").textContent);
export const { faults, names, doorstep, spoken } = texts;
export const locale = document.documentElement.lang || "de";

/** A text with its gaps filled. */
export function say(name, gaps = {}) {
  return fill(texts[name], gaps);
}

/** The text for one or for many. */
export function count(name, n) {
  return say(`${name}_${n === 1 ? "one" : "many"}`, { n });
}

export function fill(text, gaps) {
  return text.replace(/\{(\w+)\}/g, (whole, gap) => gaps[gap] ?? whole);
}

/** Why an answer cannot be taken, in the words of the engine. */
export function fault({ code, low, high }) {
  return faults[code].replace("%(low)s", low).replace("%(high)s", high);
}

const time = new Intl.DateTimeFormat(locale, { dateStyle: "short", timeStyle: "short" });
const clock = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
const list = new Intl.ListFormat(locale);

export const moment = (at) => time.format(new Date(at));
/** A time; of another day with its date. */
export const lately = (at) => (new Date(at).toDateString() === new Date().toDateString() ? clock : time).format(new Date(at));
export const day = (at) => date.format(new Date(at));
export const among = (words) => list.format(words);
