// One page of the interview: German and the respondent's language beside each other, back and forth, and what was said in an earlier wave.

import { bar, bdi, h, icon, select } from "./dom.js";
import { heading } from "./doors.js";
import { field, inWords, pair } from "./inputs.js";
import { change, commit, gone, keepTyped, open, problems } from "./interview.js";
import * as questionnaire from "./questionnaire.js";
import { fault as wordsOf, say, spoken } from "./words.js";

export function question({ app, go, show }, begin, key) {
  const interview = app.interviews.find((one) => one.begin === begin);
  const questions = interview && app.questionnaire(interview);
  if (!questions || interview.finished) return gone();
  const walked = app.walk(interview);
  const page = walked.pages.find((one) => one.key === key) ?? open(walked, interview)[0] ?? walked.pages.at(-1);
  const index = walked.pages.indexOf(page);
  // The address names the page, so that turning the language or loading again stays on it.
  if (page.key !== key) history.replaceState(null, "", `#interview/${begin}/${page.key}`);
  const unit = app.unit(interview.unit);
  const parts = page.items.map((item) => part({ app, interview, questions, walked, item, single: page.items.length === 1, typed: () => keep() }));
  const typed = () => Object.fromEntries(parts.map((one) => [one.item.key, one.read()]));
  const keep = () => keepTyped(app, begin, typed());
  const leave = () => commit(app, begin, page.items);

  const next = async () => {
    const now = typed();
    await keepTyped(app, begin, now);
    const wrong = problems(app, interview, page.items, now);
    for (const one of parts) one.say(wrong[one.item.key] ? wordsOf(wrong[one.item.key]) : "");
    const first = parts.find((one) => wrong[one.item.key]);
    if (first) {
      first.element.querySelector("input, textarea").focus();
      return;
    }
    await leave();
    const after = app.walk(app.interviews.find((one) => one.begin === begin)).pages;
    const following = after.find((one) => after.indexOf(one) > after.findIndex((other) => other.key === page.key));
    go(`interview/${begin}/${following ? following.key : "finish"}`);
  };

  const form = h("form", { class: "fa-page", autocomplete: "off", novalidate: true, onsubmit: (event) => {
    event.preventDefault();
    next();
  } },
  page.items.length > 1 && h("h1", { class: "bz-part" }, pair(page.section.title, interview.beside)),
  before({ unit, page, interview, questions, walked, typed, next: async (answers) => {
    await keepTyped(app, begin, answers);
    await show();
    document.getElementById("next").click();
  } }),
  parts.map((one) => one.element));

  const of = questionnaire.numbers(questions);
  return {
    title: page.number ? say("question_of", { n: page.number, of }) : page.section.title.de, back: `#door/${interview.unit}`, head: unit ? heading(unit) : [],
    count: page.number ? [String(page.number), " ", h("small", {}, say("of", { n: of }))] : [h("small", {}, say("last_questions"))],
    progress: bar(index + 1, walked.pages.length, "fd-bar", say("page_of", { n: index + 1, of: walked.pages.length })),
    main: [languages({ app, begin, interview, questions, show }), form], leave,
    foot: [
      index > 0 && h("a", { class: "btn btn-outline-secondary btn-icon", href: `#interview/${begin}/${walked.pages[index - 1].key}`, "aria-label": say("back") }, icon("arrow-left")),
      h("a", { class: "btn btn-quiet", href: `#interview/${begin}/finish` }, icon("flag"), say("finish")),
      h("button", { class: "btn btn-primary", type: "button", id: "next", onclick: next }, say("next"), icon("arrow-right")),
    ],
  };
}

/** The switch of languages: both, only German, or another one, at any time. */
function languages({ app, begin, interview, questions, show }) {
  const offered = questions.languages.filter((code) => code !== "de" && spoken[code]);
  const own = offered.includes(interview.beside) ? interview.beside : offered.includes(interview.language) ? interview.language : null;
  const turn = async (beside) => {
    await change(app, begin, { beside });
    await app.load();
    await show();
  };
  const both = own && h("button", { type: "button", "aria-pressed": String(interview.beside !== "de"), onclick: () => turn(own) },
    ...say("both", { language: "\u0000" }).split("\u0000").flatMap((words, place) => (place ? [bdi(spoken[own].name), words] : [words])));
  const german = h("button", { type: "button", "aria-pressed": String(interview.beside === "de"), onclick: () => turn("de") }, say("german_only"));
  const other = select([["", say("other_language")], ...offered.map((code) => [code, spoken[code].name])], "", {
    "aria-label": say("other_language"), class: "form-select fa-other", onchange: () => other.value && turn(other.value),
  });
  return h("div", { class: `fd-lang${own ? " three" : ""}` }, both, german, other);
}

function part({ app, interview, questions, walked, item, single, typed }) {
  const raw = interview.typed[item.key] === undefined ? interview.answers[item.key] : interview.typed[item.key];
  const options = questionnaire.offered(questions, item, walked.values);
  const hint = item.hint?.de ? h("p", { class: "fd-own", id: `hint-${item.key}` }, pair(item.hint, interview.beside, "small")) : "";
  const fault = h("p", { class: "fld-error", role: "alert", id: `error-${item.key}`, hidden: true });
  const described = [hint && `hint-${item.key}`, `error-${item.key}`].filter(Boolean).join(" ");
  const one = field({ item, options, raw, beside: interview.beside, onchange: typed, described });
  const label = pair(item.label, interview.beside, single ? "" : "bz-label");
  const titled = (inner) => (single ? h("h1", {}, inner) : inner);
  const chosen = item.type === "single" || item.type === "multiple";
  const compact = chosen && !single && options.length <= 4 ? " bz-compact" : "";
  const element = chosen || item.type === "date"
    ? h("fieldset", { class: `bz-item${compact}`, "aria-describedby": described }, h("legend", {}, titled(label)), hint, fault, one.element)
    : h("div", { class: "bz-item" }, titled(h("label", { for: `q-${item.key}` }, label)), hint, fault, one.element);
  const tell = (words) => {
    fault.hidden = !words;
    fault.replaceChildren(icon("exclamation-circle"), h("span", {}, words));
  };
  if (interview.faults[item.key]) tell(interview.faults[item.key]);
  return { item, element, read: one.read, say: tell };
}

/** What was answered in an earlier wave: still so by one tap, or asked anew. */
function before({ unit, page, interview, questions, walked, typed, next }) {
  const earlier = unit?.before;
  const known = earlier ? page.items.filter((item) => earlier.answers[item.key]) : [];
  if (!known.length || page.items.some((item) => item.key in interview.answers || interview.typed[item.key])) return "";
  const box = h("div", { class: "msg info fa-before", "data-before": true }, icon("clock-history"), h("div", {},
    h("p", {}, say("before_in", { wave: earlier.wave })),
    h("ul", { class: "plain" }, known.map((item) => h("li", {}, known.length > 1 && `${item.label.de}: `, h("strong", {},
      bdi(inWords(item, earlier.answers[item.key], questionnaire.offered(questions, item, walked.values))))))),
    h("p", { class: "fa-two" },
      h("button", {
        type: "button", class: "btn btn-outline-secondary", "data-still": true,
        onclick: () => next({ ...typed(), ...Object.fromEntries(known.map((item) => [item.key, earlier.answers[item.key]])) }),
      }, icon("check-lg"), say("still_so")),
      h("button", { type: "button", class: "btn btn-outline-secondary", onclick: () => box.remove() }, say("has_changed")))));
  return box;
}
