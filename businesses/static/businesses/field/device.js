// This device: what lies on it, what waits and why, the position, and how it is emptied.

import { big, bdi, h, message } from "./dom.js";
import { inWords } from "./inputs.js";
import * as place from "./place.js";
import * as questionnaire from "./questionnaire.js";
import { moment, names, say } from "./words.js";

export async function device({ app, show, env, sync, reset }) {
  const open = await app.store.unfinished();
  const kept = (await navigator.storage?.persisted?.()) ?? false;
  const rows = [
    [say("loaded"), app.loaded ? moment(app.loaded) : say("never")], [say("doors_here"), app.units().length], [say("interviews_here"), open.interviews],
    [say("waiting_here"), app.operations.filter((one) => one.state === "waiting").length],
    [say("photos_here"), app.photos.filter((one) => one.state === "waiting").length],
  ];
  return {
    title: say("this_device"), back: "#", head: [h("strong", {}, say("this_device"))], live: true,
    main: [
      h("h1", {}, say("this_device")),
      h("section", { "aria-labelledby": "h-lies" }, h("h2", { id: "h-lies", class: "bz-h" }, say("lies_here")),
        h("dl", { class: "facts" }, rows.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, String(value))))),
        h("p", { class: "fd-own" }, say(kept ? "kept" : "not_kept")),
        !kept && navigator.storage?.persist && big(say("keep"), { onclick: async () => {
          await navigator.storage.persist();
          await show();
        } }, "shield-check")),
      ...entries(app, "refused"), ...entries(app, "waiting"),
      position({ app, show }), leaving({ app, open, env, sync, reset, show }),
    ],
  };
}

function entries(app, kind) {
  const all = [...app.operations, ...app.photos].filter((one) => one.state === kind);
  if (!all.length) return [];
  return [h("section", { "aria-labelledby": `h-${kind}` },
    h("h2", { id: `h-${kind}`, class: "bz-h" }, say(`${kind}_list`)),
    kind === "refused" && h("p", { class: "fd-own" }, say("refused_hint")),
    h("ul", { class: "fa-entries" }, all.map((one) => h("li", { "data-entry": one.kind }, entry(app, one)))))];
}

function entry(app, one) {
  const unit = app.unit(one.unit);
  const read = one.state === "refused" && h("button", { type: "button", class: "btn btn-sm btn-outline-secondary", onclick: () =>
    app.store.write(["operations", "photos"], (all) => (one.kind === "photo" ? all.photos.delete(one.uuid) : all.operations.delete(one.seq))) }, say("have_read"));
  return [
    h("strong", {}, say(`kind_${one.kind}`)), " ", unit && bdi([unit.street, unit.door, unit.name].filter(Boolean).join(" ")), " ",
    h("small", {}, moment(one.body?.at ?? one.taken_at)),
    one.told && h("p", { class: "fa-why" }, one.told.words || say(one.told.code)),
    content(app, one), read,
  ];
}

/** What an entry contained, in words, so that it can be written down another way. */
function content(app, one) {
  const body = one.body ?? {};
  const interview = app.interviews.find((other) => other.begin === body.begin);
  const questions = interview && app.questionnaire(interview);
  const rows = [];
  if (body.answers) {
    const items = questions ? Object.fromEntries(questions.sections.flatMap((section) => section.items).map((item) => [item.key, item])) : {};
    for (const [key, raw] of Object.entries(body.answers)) {
      const item = items[key];
      rows.push([item?.label.de ?? key, item ? inWords(item, raw, questionnaire.list(questions, item)) : JSON.stringify(raw)]);
    }
  }
  if (body.disposition) rows.push([say("no_interview"), names.disposition[body.disposition]]);
  if (body.note) rows.push([say("note"), body.note]);
  if (body.sign_name) rows.push([say("sign_name"), body.sign_name]);
  if (body.seen) for (const [name, value] of Object.entries(body.seen)) rows.push([say(name === "languages" ? "sign_languages" : name), [value].flat().join(", ")]);
  if (!rows.length) return "";
  return h("details", {}, h("summary", {}, say("contained")), h("dl", { class: "facts" }, rows.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, bdi(value))))));
}

function position({ app, show }) {
  const fault = h("div", { role: "status" });
  const turn = async (on) => {
    // Only after this tap the browser asks the person.
    if (on && !(await place.locate())) {
      fault.replaceChildren(message("warn", "geo-alt", say("place_denied")));
      return;
    }
    await app.store.write(["meta"], (all) => all.meta.put(on, "place"));
    await app.load();
    await show();
  };
  return h("section", { "aria-labelledby": "h-place" }, h("h2", { id: "h-place", class: "bz-h" }, say("place")), h("p", { class: "fd-own" }, say("place_hint")),
    big(say(app.place ? "place_off" : "place_on"), { "data-place": String(app.place), onclick: () => turn(!app.place) }, "geo-alt"), fault);
}

function leaving({ open, env, sync, reset, show }) {
  const question = h("div", { role: "alert" });
  const lost = open.waiting + open.interviews;
  const ask = () => question.replaceChildren(
    message(lost ? "bad" : "warn", "exclamation-triangle-fill", h("strong", {}, say("delete_title")), " ", say(lost ? "delete_refused" : "delete_hint")),
    big(say(lost ? "delete_anyway" : "delete"), { "data-delete-now": true, onclick: () => reset({ empty: true }) }, "trash"),
    big(say("cancel"), { onclick: () => show() }, "x-lg"));
  return h("section", { "aria-labelledby": "h-leave" }, h("h2", { id: "h-leave", class: "visually-hidden" }, say("delete")),
    h("div", { class: "fd-opts" },
      big(say("delete"), { "data-delete": true, onclick: ask }, "trash"), question,
      big(say("sign_out"), { "data-leave": true, onclick: () => signOut({ lost, env, sync, reset }) }, "box-arrow-right"),
      h("p", { class: "fd-own" }, say(lost ? "sign_out_waiting" : "sign_out_hint"))));
}

/** Sign out at the centre, then close this device: emptied when nothing waits, locked otherwise. */
async function signOut({ lost, env, sync, reset }) {
  sync.stop();
  try {
    await sync.ask(env.data);
    await fetch(env.signOut, { method: "POST", headers: { "X-CSRFToken": sync.token }, redirect: "manual" });
  } catch { /* without connection, or signed out already: the device is closed all the same */ }
  await reset({ empty: !lost });
}
