// What was seen of a shop: still as it was, or what is different now; and shops that stand on no list yet.

import { bdi, big, choices, h, labelled, message, select, ticked } from "./dom.js";
import { heading } from "./doors.js";
import { among, day, names, say } from "./words.js";

// As it stands at the door: 14, 14 a, 14 1/2.
const HOUSE = /^[1-9][0-9]{0,3}\s*([A-Za-z]{0,2}|[1-9]\/[1-9])$/;

const nameOf = (app, code) => Object.fromEntries(app.data.lists.languages)[code] ?? code;

/** At a door: what is known, with the two taps. A server that knows no sights yet offers none. */
export function known({ app, go }, unit) {
  const facts = unit.known;
  if (!facts) return "";
  const sizes = Object.fromEntries(app.data.lists.size_bands);
  const rows = [
    [say("sign_name"), facts.sign_name], [say("trade"), facts.trade], [say("status"), names.status[facts.status]],
    [say("sign_languages"), among((facts.languages ?? []).map((code) => nameOf(app, code)))], [say("size_band"), sizes[facts.size_band]],
  ].filter(([, value]) => value);
  const seen = app.local(unit.pk).some((one) => one.kind === "sight");
  const same = big(say("as_it_was"), {
    onclick: async () => {
      same.disabled = true;
      await app.note("sight", unit.pk, { seen: {} });
      go(`door/${unit.pk}`, say("sight_noted"));
    },
  }, "check-lg");
  return h("section", { "aria-labelledby": "h-known" },
    h("h2", { id: "h-known", class: "bz-h" }, say("known")),
    h("dl", { class: "facts" }, rows.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, bdi(value))))),
    facts.seen_on && h("p", { class: "fd-own" }, say("seen_on", { day: day(facts.seen_on) })),
    seen ? message("ok", "check-circle-fill", say("sight_noted"))
      : h("div", { class: "fd-opts" }, same, big(say("changed"), { href: `#door/${unit.pk}/changed` })));
}

function fields(app, facts) {
  return [
    labelled(say("status"), select(app.data.lists.statuses, facts.status, { name: "status" })),
    labelled(say("sign_name"), h("input", { class: "form-control", name: "sign_name", value: facts.sign_name ?? "", maxlength: 200, dir: "auto", autocomplete: "off" })),
    labelled(say("trade"), h("input", { class: "form-control", name: "trade", value: facts.trade ?? "", maxlength: 200, dir: "auto", autocomplete: "off" })),
  ];
}

export function changed({ app, go }, unit) {
  const facts = unit.known ?? {};
  const fault = h("div", { role: "alert" });
  const form = h("form", { class: "bz-start", novalidate: true },
    fields(app, facts),
    h("fieldset", { class: "bz-item" }, h("legend", { class: "fa-legend" }, say("sign_languages")),
      choices({ name: "languages", options: app.data.lists.languages.map(([code, name]) => [code, bdi(name)]), chosen: facts.languages ?? [], multiple: true })),
    fault, big(say("save"), { type: "submit" }, "check-lg", "btn-primary"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const seen = different(form, facts);
    if (!Object.keys(seen).length) {
      fault.replaceChildren(message("warn", "exclamation-circle", say("nothing_changed")));
      return;
    }
    await app.note("sight", unit.pk, { seen });
    go(`door/${unit.pk}`, say("sight_noted"));
  });
  return { title: say("changed"), back: `#door/${unit.pk}`, head: heading(unit), main: [h("h1", {}, say("changed")), form] };
}

function different(form, facts) {
  const now = Object.fromEntries(["status", "sign_name", "trade"].map((name) => [name, form.elements[name].value.trim()]));
  const languages = ticked(form, "languages");
  const seen = Object.fromEntries(Object.entries(now).filter(([name, value]) => value !== (facts[name] ?? "")));
  if ([...languages].sort().join() !== [...(facts.languages ?? [])].sort().join()) seen.languages = languages;
  return seen;
}

/** A shop that stands on no list: made here at once, so that it can be asked at once. */
export function found({ app, go }) {
  const waves = app.data?.waves.filter((wave) => wave.streets?.length) ?? [];
  if (!waves.length) return null;
  const fault = h("div", { role: "alert" });
  const wave = select(waves.map((one) => [String(one.pk), one.name]), String(waves[0].pk), { name: "wave" });
  const street = h("select", { class: "form-select", name: "street" });
  const offer = () => street.replaceChildren(...waves.find((one) => String(one.pk) === wave.value).streets.map((one) => h("option", { value: one.pk }, one.name)));
  wave.addEventListener("change", offer);
  offer();
  const form = h("form", { class: "bz-start", novalidate: true },
    waves.length > 1 && labelled(say("found_wave"), wave), labelled(say("found_street"), street),
    labelled(say("found_number"), h("input", { class: "form-control", name: "number", maxlength: 12, autocomplete: "off" })),
    fields(app, { status: "open" }), fault, big(say("save"), { type: "submit" }, "check-lg", "btn-primary"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const [number, sign_name, trade, status] = ["number", "sign_name", "trade", "status"].map((name) => form.elements[name].value.trim());
    if (!HOUSE.test(number) || (!sign_name && status !== "vacant")) {
      fault.replaceChildren(message("bad", "exclamation-triangle-fill", say("found_needs")));
      return;
    }
    const facts = { wave: Number(wave.value), street: Number(street.value), number, sign_name, trade, status };
    const entry = await app.note("found", "", facts, { tables: ["found"], more: (all, made) => all.found.put({ uuid: made.uuid, ...facts }) });
    go(`door/${entry.uuid}`, say("noted"));
  });
  return { title: say("new_shop"), back: "#", head: [h("strong", {}, say("new_shop"))], main: [h("h1", {}, say("new_shop")), form] };
}
