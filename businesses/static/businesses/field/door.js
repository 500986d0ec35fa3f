// One door: what is known, who was there, and what can be done.

import { big, bdi, h, labelled, message, select, state } from "./dom.js";
import { heading, mark, result, standing } from "./doors.js";
import * as place from "./place.js";
import { photo } from "./photo.js";
import { known } from "./sight.js";
import { among, count, moment, names, say, spoken } from "./words.js";

export function door({ app, go, env }, unit) {
  if (app.place) place.locate();
  const stands = standing(app, unit);
  const main = [
    h("h1", {}, bdi(unit.name)),
    h("p", { class: "meta" }, unit.trade && h("span", {}, bdi(unit.trade)), result(stands), mark(app, unit.pk)),
    ...refusals(app, unit),
  ];
  if (stands.done && ["complete", "partial"].includes(stands.disposition)) {
    const here = app.interview(unit.pk);
    const waits = here && app.mark(unit.pk) === "waiting";
    main.push(message(waits ? "warn" : "ok", waits ? "cloud-arrow-up" : "check-circle-fill", say(waits ? "handed_in_here" : "handed_in")));
  } else if (stands.colleague) main.push(message("info", "person", say("colleague")));
  else main.push(...todo({ app, go, unit, stands, env }));
  main.push(known({ app, go }, unit), photo({ app }, unit), visits(app, unit));
  return { title: unit.name, back: "#", head: heading(unit), main, live: true, leave: place.forget };
}

function refusals(app, unit) {
  return app.operations.filter((one) => one.unit === unit.pk && one.state === "refused")
    .map((one) => message("bad", "exclamation-triangle-fill", h("strong", {}, say(`kind_${one.kind}`), ": "), one.told.words || say(one.told.code)));
}

function todo({ app, go, unit, stands, env }) {
  if (stands.elsewhere) {
    return [message("info", "phone", say("go_on_elsewhere"), " ", h("a", { href: `${env.home}${unit.pk}/` }, say("go_on_online")))];
  }
  const running = app.interview(unit.pk);
  const start = running
    ? big(say("go_on"), { onclick: () => go(`interview/${running.begin}`) }, "arrow-right", "btn-primary")
    : beginning(app, go, unit);
  return [start, h("section", { "aria-labelledby": "h-none" }, h("h2", { id: "h-none", class: "bz-h" }, say("no_interview")), without(app, go, unit))];
}

function beginning(app, go, unit) {
  const language = select(app.data.lists.languages, "de", { id: "language" });
  const interpreter = h("input", { type: "checkbox", class: "form-check-input", id: "interpreter" });
  const button = big(say("begin"), {
    onclick: async () => {
      button.disabled = true;
      go(`interview/${await begin(app, unit, language.value, interpreter.checked)}`);
    },
  }, "arrow-right", "btn-primary");
  return h("div", { class: "bz-start" }, labelled(say("language"), language),
    h("label", { class: "form-check" }, interpreter, " ", h("span", { class: "form-check-label" }, say("interpreter"))), button);
}

/** Begin the interview at a door, or go on with the one that another window has begun. Returns its number. */
export async function begin(app, unit, language, with_interpreter) {
  const wave = app.wave(unit.wave);
  let running = null;
  const entry = await app.note("begin", unit.pk, { language, with_interpreter }, {
    tables: ["interviews"],
    only: async (all) => {
      running = (await all.interviews.all()).find((one) => one.unit === unit.pk && !one.refused);
      return !running;
    },
    more: (all, made) => all.interviews.put({
      begin: made.uuid, unit: unit.pk, wave: wave.pk, questionnaire: String(wave.questionnaire), language, beside: language in spoken ? language : "de",
      started: made.body.at, answers: {}, typed: {}, faults: {}, note: "", finished: false, refused: false, disposition: "",
    }),
  });
  await app.load();
  return running ? running.begin : entry.uuid;
}

function without(app, go, unit) {
  const note = h("input", { class: "form-control", id: "note", maxlength: 500, autocomplete: "off" });
  const buttons = app.data.lists.dispositions.filter(([value]) => value !== "refusal").map(([value, words]) =>
    big(words, {
      "data-disposition": value,
      onclick: async () => {
        for (const button of buttons) button.disabled = true;
        await app.note("attempt", unit.pk, { disposition: value, note: note.value });
        go("", say("noted"));
      },
    }, "check-lg"));
  return h("div", { class: "fd-opts" }, big(say("refused"), { href: `#door/${unit.pk}/refusal` }), ...buttons, h("label", { class: "bz-note" }, say("note"), note));
}

function visits(app, unit) {
  const here = app.local(unit.pk).filter((one) => one.kind === "attempt" && one.body)
    .map((one) => ({ ...one.body, waits: true }));
  const all = [...unit.attempts, ...here];
  const reasons = Object.fromEntries(app.data.lists.reasons);
  return h("section", { "aria-labelledby": "h-visits" },
    h("h2", { id: "h-visits", class: "bz-h" }, count("visits", all.length)),
    all.length > 0 && h("ul", { class: "bz-visits" }, all.map((one) => h("li", {}, moment(one.at), ": ", names.disposition[one.disposition],
      one.reason && ` (${reasons[one.reason]})`, one.note && [" · ", bdi(one.note)], one.waits && [" ", state("warn", say("mark_waiting"), "cloud-arrow-up")]))),
    h("p", { class: "fd-own" }, say("wanted"), " ", unit.still_wanted.times.length > 0 && say("still_to_try", { times: among(unit.still_wanted.times.map((time) => names.time[time])) })));
}
