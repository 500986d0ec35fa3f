// Which questions are asked under the answers so far; the meaning is that of iqquadrat/questionnaires/flow.py and businesses/interviewing.py,
// compared by a test. Answers are raw, as they are sent: {choices}, {value}, {year, month, day} or {status}.

import { written } from "./answers.js";
import { holds } from "./conditions.js";

// AAPOR: from 80 per cent of the core an interview is complete, from 50 partial.
const COMPLETE_FROM = 0.8;
const PARTIAL_FROM = 0.5;

const items = (questionnaire) => questionnaire.sections.flatMap((section) => section.items.map((item) => ({ ...item, section })));
const HAS_CHOICES = new Set(["single", "multiple"]);

/** All answers of a question's list. */
export function list(questionnaire, item) {
  return item.choice_list === null ? [] : questionnaire.choice_lists[item.choice_list];
}

/** The answers offered under the others. */
export function offered(questionnaire, item, values) {
  const all = list(questionnaire, item);
  if (!item.choice_filter) return all;
  const chosen = [values[item.choice_filter] ?? []].flat();
  return all.filter((choice) => !choice.filter || chosen.includes(choice.filter));
}

/** The questions that are asked, in order, and the answers that count. */
export function walk(questionnaire, answers) {
  const asked = [];
  const values = {};
  for (const item of items(questionnaire)) {
    if (!holds(item.condition, values)) continue;
    asked.push(item);
    let value = written(item, answers[item.key]);
    if (value !== null && HAS_CHOICES.has(item.type)) value = kept(item, value, offered(questionnaire, item, values));
    if (value !== null) values[item.key] = value;
  }
  return { asked, values, pages: pages(asked) };
}

function kept(item, value, choices) {
  const keys = new Set(choices.map((choice) => choice.key));
  const rest = [value].flat().filter((key) => keys.has(key));
  if (!rest.length) return null;
  return item.type === "single" ? rest[0] : rest;
}

/** What is asked at once: one question, or neighbours that belong together. */
export function pages(asked) {
  const found = [];
  for (const item of asked) {
    const name = item.appearance === "together" ? item.key.replace(/_[^_]*$/, "") : item.key;
    const last = found.at(-1);
    if (last && last.name === name) last.items.push(item);
    else found.push({ name, key: item.key, number: item.number, section: item.section, items: [item] });
  }
  return found;
}

/** How much of the core is answered, and what that makes of the interview: complete, partial, or nothing yet. */
export function core(walked) {
  const asked = walked.asked.filter((item) => item.core);
  const answered = asked.filter((item) => Object.hasOwn(walked.values, item.key)).length;
  const share = asked.length ? answered / asked.length : 0;
  const disposition = share >= COMPLETE_FROM ? "complete" : share >= PARTIAL_FROM ? "partial" : "";
  return { answered, of: asked.length, disposition };
}

/** The highest number of a question. */
export const numbers = (questionnaire) => Math.max(0, ...items(questionnaire).map((item) => item.number ?? 0));
