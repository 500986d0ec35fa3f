// An answer as it is typed or ticked, looked at before it is kept; the rules are those of iqquadrat/questionnaires/answers.py, compared by a test.

const LONGEST = 500;
const LARGEST = 2_147_483_647;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2100;
const PERSIAN = [1200, 1499];
const PERSIAN_AHEAD = 621;
// Zero of Arabic-Indic, Persian and full-width digits.
const ZEROS = [0x0660, 0x06f0, 0xff10];

/** Digits of other scripts as Latin ones. */
export function latin(text) {
  return [...text].map((sign) => {
    const zero = ZEROS.find((first) => sign.codePointAt(0) >= first && sign.codePointAt(0) <= first + 9);
    return zero === undefined ? sign : String(sign.codePointAt(0) - zero);
  }).join("");
}

/** Whether something was typed or chosen at all. */
export function isEmpty(raw) {
  if (!raw || raw.status) return !raw;
  if (raw.choices) return raw.choices.length === 0;
  return ![raw.value, raw.year, raw.month, raw.day].some((part) => part !== undefined && String(part).trim() !== "");
}

/** What is wrong with an answer: null, or a code with its bounds. ``choices`` are all of the question's list. */
export function problem(item, raw, choices, today = new Date()) {
  if (raw && raw.status) return null;
  if (isEmpty(raw)) return { code: "answer_needed" };
  if (item.type === "single" || item.type === "multiple") return ofChoices(raw, choices);
  if (item.type === "date") return ofDate(raw);
  if (item.type === "text") return [...raw.value.normalize("NFC").trim()].length > LONGEST ? { code: "too_long", high: LONGEST } : null;
  return ofNumber(item, raw, today);
}

function ofChoices(raw, choices) {
  const exclusive = choices.filter((choice) => choice.exclusive).map((choice) => choice.key);
  return raw.choices.length > 1 && raw.choices.some((key) => exclusive.includes(key)) ? { code: "exclusive" } : null;
}

function whole(value) {
  const digits = latin(String(value).trim());
  return /^[+-]?[0-9]{1,10}$/.test(digits) && Math.abs(Number(digits)) <= LARGEST ? Number(digits) : null;
}

function year(number) {
  return number >= PERSIAN[0] && number <= PERSIAN[1] ? number + PERSIAN_AHEAD : number;
}

function ofNumber(item, raw, today) {
  const number = whole(raw.value);
  if (number === null) return { code: "number_needed" };
  if (item.type === "year") {
    const [low, high] = [item.min ?? FIRST_YEAR, item.max ?? today.getFullYear()];
    return year(number) < low || year(number) > high ? { code: "year_out_of_range", low, high } : null;
  }
  const [low, high] = [item.min, item.max];
  if ((low === null || number >= low) && (high === null || number <= high)) return null;
  if (low !== null && high !== null) return { code: "out_of_range", low, high };
  return low !== null ? { code: "too_small", low } : { code: "too_large", high };
}

function ofDate(raw) {
  const [y, m, d] = [raw.year, raw.month, raw.day].map((part) => (part === undefined || String(part).trim() === "" ? null : whole(part)));
  if (y === null) return { code: "year_needed" };
  if ((m === null && d !== null) || m === 0 || d === 0) return { code: "date_unknown" };
  // A Persian date is reckoned by the server, which knows that calendar.
  if (y >= PERSIAN[0] && y <= PERSIAN[1]) return null;
  if (y < FIRST_YEAR || y > LAST_YEAR) return { code: "year_out_of_range", low: FIRST_YEAR, high: LAST_YEAR };
  const month = m ?? 1;
  return month < 1 || month > 12 || (d ?? 1) < 1 || (d ?? 1) > new Date(y, month, 0).getDate() ? { code: "date_unknown" } : null;
}

/** An answer as conditions read it: a text, a list of ticked answers, or null. */
export function written(item, raw) {
  if (isEmpty(raw) || raw.status) return null;
  if (item.type === "single") return raw.choices[0];
  if (item.type === "multiple") return raw.choices;
  if (item.type === "integer") return String(whole(raw.value) ?? "") || null;
  if (item.type === "year") return whole(raw.value) === null ? null : String(year(whole(raw.value)));
  if (item.type === "date") return [raw.year, raw.month || 1, raw.day || 1].map((part) => latin(String(part)).padStart(2, "0")).join("-");
  return raw.value;
}
