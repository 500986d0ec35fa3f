// Digits as the language on the screen writes them; what is read and sent is always Latin.
const OTHERS = /[\u0660-\u0669\u06f0-\u06f9]/g;
const PERSIAN = 0x06f0;

export const latin = (text) => text.replace(OTHERS, (digit) => String(digit.codePointAt(0) & 15));

const inDigitsOf = (code, text) => {
  const plain = latin(text);
  return code === "fa" ? plain.replace(/\d/g, (digit) => String.fromCodePoint(PERSIAN + Number(digit))) : plain;
};

// A year of the Persian calendar: the server turns it into ours, the page shows that before it goes on.
export const isPersian = (year) => /^1[2-4]\d\d$/.test(latin(year || "").trim());

// The months' own names beside a year of that calendar.
export function writeMonths(form) {
  if (!form.elements.month) return;
  const persian = isPersian(form.elements.year.value);
  for (const option of form.querySelectorAll("[data-persian]")) {
    option.dataset.plain ??= option.textContent;
    option.textContent = persian ? option.dataset.persian : option.dataset.plain;
  }
}

export function writeDigits(form, code) {
  for (const button of form.querySelectorAll("[data-digit]")) button.textContent = inDigitsOf(code, button.dataset.digit);
  for (const name of ["number", "day", "year"]) {
    const field = form.elements[name];
    if (!field) continue;
    const written = inDigitsOf(code, field.value);
    if (written === field.value) continue;
    const caret = field.selectionStart;
    field.value = written;
    if (document.activeElement === field) field.setSelectionRange(caret, caret);
  }
}
