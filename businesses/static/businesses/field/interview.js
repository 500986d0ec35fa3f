// An interview on the device: every tap is kept at once; a page that is left becomes an entry to send; at the end it is handed in.

import { isEmpty, problem } from "./answers.js";
import { big, bdi, h, icon, message, state } from "./dom.js";
import { heading, result } from "./doors.js";
import * as questionnaire from "./questionnaire.js";
import { say } from "./words.js";

const same = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** Keep what is typed on a page, before anything is looked at. */
export function keepTyped(app, begin, typed) {
  return app.store.write(["interviews"], async (all) => {
    const interview = await all.interviews.get(begin);
    if (!interview || interview.finished) return;
    Object.assign(interview.typed, typed);
    await all.interviews.put(interview);
  });
}

export const change = (app, begin, facts) => app.store.write(["interviews"], async (all) => {
  const interview = await all.interviews.get(begin);
  if (interview) await all.interviews.put({ ...interview, ...facts });
});

/** What is wrong with the answers that are typed on these questions, by question. */
export function problems(app, interview, items, typed) {
  const questions = app.questionnaire(interview);
  const found = items.map((item) => [item.key, problem(item, typed[item.key], questionnaire.list(questions, item))]);
  return Object.fromEntries(found.filter(([, wrong]) => wrong));
}

/** Make the sound answers of these questions an entry to send: only what is new, and all of it or nothing. */
export async function commit(app, begin, items) {
  let answers = {};
  const interview = app.interviews.find((one) => one.begin === begin);
  await app.store.write(["meta", "operations", "chains", "interviews"], async (all) => {
    const stored = await all.interviews.get(begin);
    if (!stored || stored.finished) return;
    const sound = items.filter((item) => !isEmpty(stored.typed[item.key]) && !problems(app, stored, [item], stored.typed)[item.key]);
    answers = Object.fromEntries(sound.filter((item) => !same(stored.typed[item.key], stored.answers[item.key]) || stored.faults[item.key])
      .map((item) => [item.key, stored.typed[item.key]]));
    for (const item of sound) delete stored.typed[item.key];
    for (const key of Object.keys(answers)) delete stored.faults[key];
    Object.assign(stored.answers, answers);
    await all.interviews.put(stored);
    if (Object.keys(answers).length) await app.noteIn(all, "answers", stored, { answers });
  });
  if (interview) await app.load();
  return answers;
}

/** Pages on which something is typed that is not an entry yet, as when the browser was closed in the middle of a page. */
export function settleTyped(app, interview) {
  const { asked } = app.walk(interview);
  return commit(app, interview.begin, asked.filter((item) => item.key in interview.typed));
}

export async function finish({ app, go }, begin) {
  const before = app.interviews.find((one) => one.begin === begin);
  if (!before) return gone();
  if (!before.finished) await settleTyped(app, before);
  const interview = app.interviews.find((one) => one.begin === begin);
  const unit = app.unit(interview.unit);
  const walked = app.walk(interview);
  const core = questionnaire.core(walked);
  const note = h("textarea", { class: "form-control", rows: 4, maxlength: 2000, id: "note", oninput: () => change(app, begin, { note: note.value }) });
  note.value = interview.note;
  const first = open(walked, interview)[0];
  const hand = h("button", { class: "btn btn-primary", type: "button", "data-hand-in": true, onclick: () => handIn() }, icon("check-lg"), say("hand_in"));
  const fault = h("div", { role: "alert" });
  const handIn = async () => {
    if (!core.disposition) {
      fault.replaceChildren(message("bad", "exclamation-triangle-fill", say("too_few")));
      return;
    }
    hand.disabled = true;
    await app.store.write(["meta", "operations", "chains", "interviews"], async (all) => {
      const stored = await all.interviews.get(begin);
      if (!stored || stored.finished) return;
      await app.noteIn(all, "finish", stored, { note: note.value });
      await all.interviews.put({ ...stored, note: note.value, finished: true, disposition: core.disposition, typed: {} });
    });
    go("", say("handed_in_here"));
  };
  return {
    title: say("finish_title"), back: `#door/${interview.unit}`, head: unit ? heading(unit) : [], flat: true,
    main: [
      h("h1", {}, say("finish_title")),
      h("p", { class: "fd-own" }, say("core", { n: core.answered, of: core.of })),
      h("p", {}, core.disposition ? result({ disposition: core.disposition }) : state("warn", say("not_enough"), "exclamation-circle")),
      ...lists(walked, interview),
      first && big(say("go_on"), { href: `#interview/${begin}/${first.key}` }, "arrow-right"),
      h("label", { class: "bz-note" }, say("interview_note"), note),
      fault,
      h("p", { class: "fd-own" }, say("after_handing_in")),
    ],
    foot: [
      h("a", { class: "btn btn-outline-secondary btn-icon", href: `#interview/${begin}/${walked.pages.at(-1).key}`, "aria-label": say("back") }, icon("arrow-left")),
      h("a", { class: "btn btn-quiet", href: "#" }, say("later")),
      hand,
    ],
  };
}

/** Pages on which something has not been asked yet. */
export const open = (walked, interview) => walked.pages.filter((page) => page.items.some((item) => !(item.key in interview.answers)));

function lists(walked, interview) {
  const faulty = walked.asked.filter((item) => interview.faults[item.key]);
  const missing = walked.asked.filter((item) => item.core && !(item.key in walked.values));
  const rest = walked.asked.filter((item) => !item.core && !(item.key in interview.answers));
  const one = (item) => h("li", {}, h("a", { href: `#interview/${interview.begin}/${pageOf(walked, item)}` }, item.number ? `${item.number} ` : "", bdi(item.label.de)),
    interview.faults[item.key] && h("small", { class: "fa-why" }, interview.faults[item.key]));
  const list = (words, items) => items.length > 0 && h("div", {}, h("h2", { class: "bz-h" }, words), h("ul", { class: "fa-open" }, items.map(one)));
  if (!faulty.length && !missing.length && !rest.length) return [message("ok", "check-circle-fill", say("nothing_missing"))];
  return [list(say("look_again"), faulty), list(say("missing_core"), missing), list(say("not_asked"), rest)];
}

const pageOf = (walked, item) => walked.pages.find((page) => page.items.some((other) => other.key === item.key)).key;

export function gone() {
  return { title: say("finish_title"), back: "#", head: [], main: [h("h1", {}, say("gone"))] };
}

