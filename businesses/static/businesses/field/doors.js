// The own section: both sides of every street, door by door, with what is still wanted.

import { bar, bdi, big, h, message, state } from "./dom.js";
import { count, names, say } from "./words.js";

const RESULTS = {
  complete: ["ok", "check-circle-fill"], partial: ["ok", "check-circle"], refusal: ["bad", "slash-circle"], owner_absent: ["info", "arrow-repeat"],
  no_contact: ["info", "arrow-repeat"], language_barrier: ["warn", "translate"], ineligible: ["off", "x-circle"], unknown: ["off", "question-circle"],
};
const MARKS = { waiting: ["warn", "cloud-arrow-up"], arrived: ["ok", "cloud-check"], refused: ["bad", "exclamation-triangle-fill"] };
const DONE = ["complete", "partial", "refusal", "ineligible"];
let filter = "open";

/** How a door stands: what the centre knows, and what was noted here since. */
export function standing(app, unit) {
  const interview = app.interview(unit.pk);
  if (interview) return interview.finished ? { done: true, disposition: interview.disposition } : { running: true };
  const last = app.local(unit.pk).filter((one) => one.kind === "attempt" && one.state === "waiting").at(-1);
  if (unit.interview === "done") return { done: true, disposition: unit.disposition };
  if (unit.interview) return unit.interview === "own" ? { running: true, elsewhere: true } : { colleague: true };
  const disposition = last?.body.disposition ?? unit.disposition;
  return { done: DONE.includes(disposition), disposition };
}

export function result(stands) {
  if (stands.running) return state("info", say("running"), "pencil");
  if (stands.colleague) return state("off", say("elsewhere"), "person");
  if (!stands.disposition) return state("off", say("not_visited"), "circle");
  const [kind, sign] = RESULTS[stands.disposition];
  return state(kind, names.disposition[stands.disposition], sign);
}

export function mark(app, unit) {
  const name = app.mark(unit);
  if (!name) return "";
  const [kind, sign] = MARKS[name];
  const element = state(kind, say(`mark_${name}`), sign);
  element.dataset.mark = name;
  return element;
}

export function doors({ app, show }) {
  const main = [h("h1", {}, say("my_section"))];
  if (!app.data) main.push(message("info", "cloud-download", say("not_loaded")));
  else if (!app.data.waves.length) main.push(h("p", { class: "fd-own" }, h("strong", {}, say("no_section")), h("br"), say("no_section_hint")));
  else main.push(filters(show), ...app.data.waves.map((wave) => section(app, wave)));
  const finding = app.data?.waves.some((wave) => wave.streets?.length);
  main.push(h("div", { class: "fa-ways" },
    finding && big(say("new_shop"), { href: "#new" }, "plus-lg"),
    big(say("this_device"), { href: "#device" }, "phone")));
  return { title: say("my_section"), back: null, head: [h("strong", {}, say("my_section"))], main, live: true };
}

function filters(show) {
  return h("div", { class: "fd-lang", role: "group", "aria-label": say("filter") }, ["open", "all"].map((value) =>
    h("button", {
      type: "button", id: `filter-${value}`, "aria-pressed": String(filter === value),
      onclick: () => {
        filter = value;
        show();
      },
    }, say(`filter_${value}`))));
}

function section(app, wave) {
  const units = app.units().filter((unit) => unit.wave === wave.pk);
  const held = units.filter((unit) => ["complete", "partial"].includes(standing(app, unit).disposition)).length;
  const sides = Map.groupBy ? Map.groupBy(units, sideOf) : grouped(units);
  return h("section", { class: "panel fa-wave", "aria-labelledby": `wave-${wave.pk}` },
    h("header", { class: "panel-head" }, h("h2", { id: `wave-${wave.pk}` }, bdi(wave.name)), h("span", { class: "aside" }, say("interviews_of", { n: held, of: units.length }))),
    h("p", { class: "panel-body bz-bar" }, bar(held, units.length, "bar", say("interviews_of", { n: held, of: units.length }))),
    [...sides].map(([name, own]) => side(app, name, own)));
}

const sideOf = (unit) => say("side_of", { street: unit.street, side: names.side[unit.side] ?? "" }).replace(/, $/, "");

function grouped(units) {
  const sides = new Map();
  for (const unit of units) sides.set(sideOf(unit), [...(sides.get(sideOf(unit)) ?? []), unit]);
  return sides;
}

function side(app, name, units) {
  const shown = units.filter((unit) => filter === "all" || !standing(app, unit).done || ["waiting", "refused"].includes(app.mark(unit.pk)));
  return [
    h("h3", { class: "bz-side" }, bdi(name)),
    shown.length ? h("ul", { class: "bz-doors" }, shown.map((unit) => h("li", {}, door(app, unit)))) : h("p", { class: "panel-body fd-own" }, say("nothing_open")),
  ];
}

function door(app, unit) {
  const stands = standing(app, unit);
  const visits = unit.still_wanted.visits;
  return h("a", { class: "bz-door", href: `#door/${unit.pk}`, "data-unit": unit.pk },
    h("span", { class: "bz-no" }, unit.door),
    h("span", {}, h("strong", {}, bdi(unit.name)), h("small", {}, bdi(unit.trade)),
      !stands.done && !stands.running && visits > 0 && h("small", {}, count("still_visits", visits), ": ", unit.still_wanted.times.map((time) => names.time[time]).join(", "))),
    h("span", { class: "fa-marks" }, result(stands), mark(app, unit.pk)));
}

export const heading = (unit) => [h("strong", {}, [unit.street, unit.door].filter(Boolean).join(" ")), h("small", {}, bdi(unit.name))];
