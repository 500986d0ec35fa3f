// What the parts of the app share: the store of the person who works, the newest data, and where an entry's position comes from.

import * as questionnaire from "./questionnaire.js";
import * as queue from "./queue.js";
import { position } from "./place.js";

const POSITIONED = new Set(["begin", "attempt", "sight", "found"]);

export class State {
  constructor(store) {
    this.store = store;
    this.data = null;
    this.loaded = null;
  }

  async load() {
    const [tag, loaded, place] = await Promise.all(["tag", "loaded", "place"].map((name) => this.store.get("meta", name)));
    // The questions in ten languages are read once, not at every tap.
    if (tag !== this.tag) this.data = await this.store.get("meta", "data");
    Object.assign(this, { tag, loaded, place: place === true });
    [this.operations, this.interviews, this.photos, this.found] = await Promise.all(
      ["operations", "interviews", "photos", "found"].map((name) => this.store.all(name)));
    return this;
  }

  /** The doors: those of the centre's list, and those written down here that have not come back yet. */
  units() {
    return [...(this.data?.units ?? []), ...this.found.filter((one) => one.number).map((one) => foundUnit(one, this.data))];
  }

  unit(key) {
    return this.units().find((one) => one.pk === key);
  }

  wave(pk) {
    return this.data?.waves.find((one) => one.pk === pk);
  }

  questionnaire(interview) {
    return this.data?.questionnaires[interview.questionnaire];
  }

  interview(unit) {
    return this.interviews.find((one) => one.unit === unit && !one.refused);
  }

  walk(interview) {
    return questionnaire.walk(this.questionnaire(interview), interview.answers);
  }

  /** What was noted at a door and is not in the data yet. */
  local(unit) {
    return this.operations.filter((one) => one.unit === unit && (one.state === "waiting" || (one.decided ?? 0) > (this.loaded ?? 0)));
  }

  /** What a door's entries have come to: waiting, refused, arrived, or nothing. */
  mark(unit) {
    const all = [...this.operations, ...this.photos].filter((one) => one.unit === unit);
    return ["refused", "waiting", "arrived"].find((mark) => all.some((one) => one.state === mark)) ?? "";
  }

  /** Note an entry at a door, with the position where the person gives it. ``more`` writes what belongs to it in the same breath; ``only``
      says first whether it is still to be noted (null is returned otherwise). */
  note(kind, unit, facts, { tables = [], more = null, only = null, ...options } = {}) {
    const where = this.place && POSITIONED.has(kind) ? position() : null;
    return this.store.write([...new Set([...queue.TABLES, ...tables])], async (all) => {
      if (only && !(await only(all))) return null;
      const made = await queue.note(all, kind, unit, where ? { ...facts, position: where } : facts, options);
      if (more) await more(all, made);
      return made;
    });
  }

  /** Note an entry of an interview, inside a transaction that is under way. */
  noteIn(all, kind, interview, facts) {
    return queue.note(all, kind, interview.unit, facts, { begin: interview.begin });
  }
}

function foundUnit(one, data) {
  const street = data?.waves.flatMap((wave) => wave.streets ?? []).find((found) => found.pk === one.street);
  const number = Number.parseInt(one.number, 10);
  return {
    pk: one.uuid, wave: one.wave, name: one.sign_name, street: street?.name ?? "", door: one.number,
    side: Number.isNaN(number) ? "" : number % 2 ? "odd" : "even", trade: one.trade, status: one.status, disposition: "",
    interview: "", attempts: [], still_wanted: { visits: 4, times: ["morning", "afternoon", "evening", "saturday"] }, found: true,
  };
}
