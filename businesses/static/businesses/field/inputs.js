// How each kind of question is answered. A field shows a raw answer and reads one back.

import { choices, h, ticked } from "./dom.js";
import { say, spoken } from "./words.js";

const NONE = "-";

/** German, and beside it the language of the respondent, where the questionnaire has it. */
export function pair(texts, beside, css = "") {
  const own = beside !== "de" && texts?.[beside];
  return [
    h("span", { class: `fa-de ${css}`, lang: "de", dir: "ltr" }, texts?.de ?? ""),
    own && h("span", { class: `fa-own ${css}`, lang: beside, dir: spoken[beside].direction }, own),
  ];
}

const noAnswer = (beside) => pair({ [beside]: spoken[beside]?.no_answer, de: say("no_answer") }, beside);

/** A question's field: ``element`` to show, ``read()`` for the raw answer. ``onchange`` is called at every change. */
export function field({ item, options, raw, beside, onchange, described }) {
  if (item.type === "single" || item.type === "multiple") return ofChoices({ item, options, raw, beside, onchange });
  return item.type === "date" ? ofDate({ item, raw, beside, onchange }) : ofText({ item, raw, beside, onchange, described });
}

function ofChoices({ item, options, raw, beside, onchange }) {
  const multiple = item.type === "multiple";
  const alone = new Set([NONE, ...options.filter((choice) => choice.exclusive).map((choice) => choice.key)]);
  const chosen = raw?.status ? [NONE] : raw?.choices ?? [];
  const element = choices({
    name: item.key, multiple, chosen, onchange: ({ target }) => {
      if (multiple && target.checked) {
        for (const box of element.querySelectorAll("input")) if (box !== target && (alone.has(target.value) || alone.has(box.value))) box.checked = false;
      }
      onchange();
    },
    options: [...options.map((choice) => [choice.key, pair(choice.text, beside)]), [NONE, noAnswer(beside), "quiet"]],
  });
  return {
    element,
    read() {
      const keys = ticked(element, item.key);
      return keys.includes(NONE) ? { status: "skipped" } : keys.length ? { choices: keys } : null;
    },
  };
}

function nothing(item, raw, beside, onchange) {
  const box = h("input", { type: "checkbox", name: `${item.key}-`, checked: Boolean(raw?.status), onchange });
  return { box, element: h("label", { class: "fd-opt quiet tick-opt bz-none" }, box, h("span", { class: "fd-dot" }), h("span", {}, noAnswer(beside))) };
}

function ofText({ item, raw, beside, onchange, described }) {
  const none = nothing(item, raw, beside, () => {
    if (none.box.checked) typed.value = "";
    onchange();
  });
  const facts = {
    id: `q-${item.key}`, name: item.key, "aria-describedby": described || null, autocomplete: "off",
    oninput: () => {
      if (typed.value) none.box.checked = false;
      onchange();
    },
  };
  const typed = item.type === "text"
    ? h("textarea", { class: "form-control bz-text", rows: 3, maxlength: 500, dir: "auto", ...facts })
    : h("input", { class: "form-control bz-number", inputmode: "numeric", maxlength: 12, ...facts });
  typed.value = raw?.value ?? "";
  return {
    element: h("div", {}, typed, none.element),
    read: () => (none.box.checked ? { status: "skipped" } : typed.value.trim() ? { value: typed.value } : null),
  };
}

function ofDate({ item, raw, beside, onchange }) {
  const none = nothing(item, raw, beside, onchange);
  const parts = ["day", "month", "year"].map((name) => [name, h("input", {
    class: "form-control bz-number", inputmode: "numeric", maxlength: 4, name: `${item.key}-${name}`, value: raw?.[name] ?? "", autocomplete: "off",
    oninput: ({ target }) => {
      if (target.value) none.box.checked = false;
      onchange();
    },
  })]);
  return {
    element: h("div", {}, h("div", { class: "fa-date" }, parts.map(([name, box]) => h("label", { class: "fa-field" }, h("span", {}, say(name)), box))), none.element),
    read() {
      if (none.box.checked) return { status: "skipped" };
      const typed = Object.fromEntries(parts.map(([name, box]) => [name, box.value.trim()]).filter(([, value]) => value));
      return Object.keys(typed).length ? typed : null;
    },
  };
}

/** A raw answer in words. */
export function inWords(item, raw, options, language = "de") {
  if (!raw || raw.status) return say("no_answer");
  if (raw.choices) return raw.choices.map((key) => options.find((choice) => choice.key === key)?.text[language] ?? key).join(", ");
  return String(raw.value ?? [raw.day, raw.month, raw.year].filter(Boolean).join("."));
}
