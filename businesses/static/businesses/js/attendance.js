// The attendance sheet: one key a line, all at once, and how many that makes. Without it the sheet is a plain form.

const KEYS = { a: "present", e: "excused", f: "absent" };

const sheet = document.querySelector("[data-attendance]");
const choices = [...sheet.querySelectorAll("[data-presence]")];
const heads = [...sheet.querySelectorAll("[data-heads]")];
const sum = sheet.querySelector("[data-sum]");

function count() {
  if (!sum) return;
  const named = choices.reduce(
    (all, choice, line) => all + (choice.value === "present" ? Number(heads[line].value) || 1 : 0), 0,
  );
  sum.value = named + (Number(sheet.querySelector("[name=unnamed]").value) || 0);
}

function choose(choice, value) {
  choice.value = value;
  choice.dispatchEvent(new Event("change", { bubbles: true }));
}

choices.forEach((choice, line) => choice.addEventListener("keydown", (event) => {
  const value = KEYS[event.key.toLowerCase()];
  if (!value || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  choose(choice, value);
  (choices[line + 1] || sheet.querySelector("[name=unnamed]")).focus();
}));

// Who counts persons says that they were there.
heads.forEach((field, line) => field.addEventListener("change", () => {
  if (choices[line].value === "unknown" && Number(field.value) > 0) choose(choices[line], "present");
}));

sheet.querySelector("[data-all-present]")?.addEventListener("click", () => {
  choices.filter((choice) => choice.value === "unknown").forEach((choice) => choose(choice, "present"));
});
sheet.querySelectorAll("[data-with-script]").forEach((part) => { part.hidden = false; });
sheet.addEventListener("input", count);
sheet.addEventListener("change", count);
count();
