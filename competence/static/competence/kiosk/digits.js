// Digits as the language on the screen writes them; what is read and sent is always Latin.
const OTHERS = /[\u0660-\u0669\u06f0-\u06f9]/g;
const PERSIAN = 0x06f0;

export const latin = (text) => text.replace(OTHERS, (digit) => String(digit.codePointAt(0) & 15));

const inDigitsOf = (code, text) => {
  const plain = latin(text);
  return code === "fa" ? plain.replace(/\d/g, (digit) => String.fromCodePoint(PERSIAN + Number(digit))) : plain;
};

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
