// A refusal: one tap for the reason, then six questions that may be passed over. The refusal is kept from the first tap on.

import { latin } from "./answers.js";
import { big, bdi, choices, h, labelled, message, select, ticked } from "./dom.js";
import { heading } from "./doors.js";
import { doorstep as questions, say } from "./words.js";

const EARLIEST = 1850;
const SELECTS = { size_band: "size_bands", since_band: "since_bands", trains: "told", come_again: "told" };
const draftOf = (unit) => `refusal:${unit}`;

export function refusal({ app, go }, unit) {
  const reasons = app.data.lists.reasons.map(([value, words]) =>
    big(words, {
      "data-reason": value,
      onclick: async () => {
        await app.store.write(["meta"], (all) => all.meta.put({ unit: unit.pk, reason: value, at: new Date().toISOString(), told: {} }, draftOf(unit.pk)));
        go(`door/${unit.pk}/doorstep`);
      },
    }));
  return {
    title: say("refused"), back: `#door/${unit.pk}`, head: heading(unit),
    main: [h("h1", {}, say("why_not")), h("p", { class: "fd-own" }, say("why_hint")), h("div", { class: "fd-opts" }, reasons)],
  };
}

export async function doorstep({ app, go }, unit) {
  const draft = await app.store.get("meta", draftOf(unit.pk));
  if (!draft) return null;
  const form = h("form", { class: "bz-start", autocomplete: "off", novalidate: true }, fields(app, draft.told));
  const fault = h("div", { role: "alert" });
  const keep = () => app.store.write(["meta"], (all) => all.meta.put({ ...draft, told: read(form) }, draftOf(unit.pk)));
  form.addEventListener("input", keep);
  const done = async (told) => {
    await noteRefusal(app, { ...draft, told });
    go("", say("noted"));
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const told = read(form);
    const wrong = problem(told);
    fault.replaceChildren(wrong ? message("bad", "exclamation-triangle-fill", wrong) : "");
    if (!wrong) await done(told);
  });
  form.append(fault, big(say("save_answers"), { type: "submit" }, "check-lg", "btn-primary"), big(say("without_answers"), { onclick: () => done({}) }));
  return {
    title: say("six_questions"), back: `#door/${unit.pk}`, head: heading(unit),
    main: [h("h1", {}, say("six_questions")), h("p", { class: "fd-own" }, say("six_hint")), form],
    // Whoever goes away from here has still noted the refusal.
    leave: () => settleRefusals(app),
  };
}

function fields(app, told) {
  const field = (name, made) => labelled(questions[name], made);
  const text = (name, more = {}) => field(name, h("input", { class: "form-control", name, value: told[name] ?? "", maxlength: 120, ...more }));
  const choose = (name) => field(name, select([["", "–"], ...app.data.lists[SELECTS[name]]], told[name] ?? "", { name }));
  return [
    text("branch_words"), choose("size_band"), text("since_year", { inputmode: "numeric", maxlength: 6 }), choose("since_band"),
    h("fieldset", { class: "bz-item" }, h("legend", { class: "fa-legend" }, questions.languages),
      choices({ name: "languages", options: app.data.lists.languages.map(([code, name]) => [code, bdi(name)]), chosen: told.languages ?? [], multiple: true })),
    choose("trains"), choose("come_again"), text("contact"),
  ];
}

function read(form) {
  const told = Object.fromEntries([...new FormData(form)].filter(([name, value]) => name !== "languages" && value.trim()).map(([name, value]) => [name, value.trim()]));
  const languages = ticked(form, "languages");
  return languages.length ? { ...told, languages } : told;
}

function problem(told) {
  if (!Object.keys(told).length) return say("one_is_enough");
  if (told.since_year === undefined) return "";
  const year = Number(latin(told.since_year));
  if (!Number.isInteger(year) || year < EARLIEST) return say("year_wrong");
  return year > new Date().getFullYear() ? say("year_ahead") : "";
}

async function noteRefusal(app, { unit, reason, at, told }) {
  const facts = { disposition: "refusal", reason };
  if (!problem(told)) facts.doorstep = told.since_year === undefined ? told : { ...told, since_year: Number(latin(told.since_year)) };
  await app.note("attempt", unit, facts, {
    at: new Date(at),
    only: async (all) => {
      const still = await all.meta.get(draftOf(unit));
      await all.meta.delete(draftOf(unit));
      return Boolean(still);
    },
  });
  await app.load();
}

/** Refusals whose six questions were left without an end, perhaps because the browser was closed, are noted as they stand. */
export async function settleRefusals(app) {
  const keys = await app.store.keys("meta");
  for (const key of keys.filter((one) => String(one).startsWith("refusal:"))) {
    const draft = await app.store.get("meta", key);
    if (draft) await noteRefusal(app, draft);
  }
}
