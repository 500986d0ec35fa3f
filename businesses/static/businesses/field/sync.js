// Between this device and the centre: load the section, send what waits, read what became of it. Nothing is taken off the device before the
// centre has said that it has it. Sending twice or from two windows does no harm: every entry has a number that is applied once.

import { batch, decided } from "./queue.js";

const PATIENCE = 30_000;
const SHORTEST = 2_000;
const LONGEST = 300_000;
const KEPT_DAYS = 14;

class TroubleError extends Error {
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

export class Sync {
  /** ``urls``: data, sync, photo. ``onchange`` is told when something is to be shown anew, ``onother`` that somebody else is signed in. */
  constructor({ store, urls, onchange, onother }) {
    Object.assign(this, { store, urls, onchange, onother });
    this.trouble = "looking";
    this.sending = false;
    this.wanted = false;
    this.pause = SHORTEST;
    this.timer = 0;
    this.token = "";
    this.stopped = false;
  }

  /** Send and load now, or directly after what is under way. */
  wake() {
    clearTimeout(this.timer);
    this.wanted = true;
    if (!this.sending && !this.stopped) this.work();
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  async work() {
    this.sending = true;
    while (this.wanted && !this.stopped) {
      this.wanted = false;
      this.onchange();
      try {
        const left = await this.alone(() => this.exchange());
        this.trouble = "";
        this.pause = SHORTEST;
        if (left) this.later(60_000);
      } catch (fault) {
        if (!(fault instanceof TroubleError)) console.warn(fault);
        this.trouble = fault.kind ?? "server";
        if (this.trouble !== "forbidden" && this.trouble !== "signed_out") this.later((this.pause = Math.min(this.pause * 2, LONGEST)));
      }
    }
    this.sending = false;
    if (!this.stopped) this.onchange();
  }

  later(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.wake(), milliseconds * (0.75 + Math.random() / 2));
  }

  /** One window at a time, where the browser can say so. */
  alone(work) {
    if (!navigator.locks) return work();
    return navigator.locks.request(this.store.channel.name, work);
  }

  async exchange() {
    this.held = new Set();
    // Who is signed in is asked before anything is sent: it must not arrive under another name.
    await this.load();
    let sent = false;
    for (let next = await this.next(); next.length; next = await this.next()) {
      const told = await this.send(next);
      sent = true;
      if (!told) break;
    }
    if (await this.sendPhotos()) sent = true;
    if (sent) {
      await this.load();
      await this.tidy();
    }
    return (await this.store.unfinished()).waiting;
  }

  async next() {
    const entries = await this.store.all("operations");
    return batch(entries.filter((one) => !this.held.has(one.uuid)));
  }

  async ask(url, options = {}) {
    let response;
    try {
      response = await fetch(url, { ...options, cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
    } catch {
      throw new TroubleError("offline");
    }
    if (response.status === 401) throw new TroubleError("signed_out");
    // What is neither ours nor an answer: the sign-in page of somebody's network, a gateway that is overloaded.
    if (response.type === "opaqueredirect" || response.status >= 500) throw new TroubleError("server");
    this.token = response.headers.get("X-CSRF-Token") || this.token;
    return response;
  }

  async load() {
    const tag = await this.store.get("meta", "tag");
    const response = await this.ask(this.urls.data, tag ? { headers: { "If-None-Match": `"${tag}"` } } : {});
    if (response.status === 403) throw new TroubleError("forbidden");
    if (response.status === 304) {
      await this.store.write(["meta"], (all) => all.meta.put(Date.now(), "loaded"));
      return;
    }
    const data = await this.json(response);
    if (!Array.isArray(data.units)) throw new TroubleError("server");
    if (data.user && data.user !== this.store.owner) {
      this.stop();
      this.onother(data.user);
      throw new TroubleError("signed_out");
    }
    await this.keep(data);
  }

  async json(response) {
    try {
      return await response.json();
    } catch {
      throw new TroubleError("server");
    }
  }

  /** Keep the section; the questions of an interview that is still open stay, also when its wave has ended. */
  async keep(data) {
    await this.store.write(["meta", "interviews", "found", "operations", "chains", "photos"], async (all) => {
      const old = await all.meta.get("data");
      for (const one of await all.interviews.all()) {
        data.questionnaires[one.questionnaire] ??= old?.questionnaires[one.questionnaire];
      }
      await moveFound(all, data);
      await all.meta.put(data, "data");
      await all.meta.put(data.tag, "tag");
      await all.meta.put(Date.now(), "loaded");
      await all.meta.put(Math.max(data.seq ?? 0, (await all.meta.get("seq")) ?? 0), "seq");
    });
  }

  /** Send some entries; returns whether to go on. What the server takes as a whole for unreadable is sent one by one. */
  async send(entries, again = true) {
    const body = JSON.stringify({ operations: entries.map((entry) => entry.body) });
    const response = await this.ask(this.urls.sync, {
      method: "POST", body, headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
    });
    if (response.status === 403) {
      if (!again) throw new TroubleError("forbidden");
      await this.load(); // signing in anew has changed the token
      return this.send(entries, false);
    }
    if (response.status === 400 || response.status === 413) {
      if (entries.length === 1) {
        await this.settle(entries, [{ uuid: entries[0].uuid, result: "refused", code: "unreadable", final: true }]);
        return true;
      }
      for (const entry of entries) if (!(await this.send([entry], again))) return false;
      return true;
    }
    const { results } = await this.json(response);
    if (!Array.isArray(results)) throw new TroubleError("server");
    await this.settle(entries, results);
    return true;
  }

  async settle(entries, results) {
    const told = new Map(results.map((one) => [one.uuid, one]));
    await this.store.write(["meta", "operations", "interviews", "found"], async (all) => {
      for (const entry of entries) {
        const answer = told.get(entry.uuid);
        if (!answer || !(await all.operations.get(entry.seq))) {
          this.held.add(entry.uuid);
          continue;
        }
        const after = decided(entry, answer);
        // What is to come again is not sent in a circle.
        if (after.state === "waiting") this.held.add(entry.uuid);
        await all.operations.put(after);
        if (after.state === "refused") await withInterview(all, after);
        if (after.state === "arrived") await all.meta.put(Date.now(), "arrived");
        if (entry.kind === "found" && answer.unit) await all.found.put({ ...(await all.found.get(entry.uuid)), uuid: entry.uuid, listed: answer.unit });
      }
    });
  }

  async sendPhotos() {
    let sent = false;
    const waiting = (await this.store.all("operations")).filter((one) => one.state === "waiting").map((one) => one.uuid);
    for (const photo of await this.store.all("photos")) {
      // The shop it shows comes first.
      if (photo.state !== "waiting" || waiting.includes(photo.unit)) continue;
      const form = new FormData();
      form.append("uuid", photo.uuid);
      form.append(typeof photo.unit === "number" ? "unit" : "found", photo.unit);
      form.append("taken_at", photo.taken_at);
      form.append("image", photo.image, "sign.jpg");
      const response = await this.ask(this.urls.photo, { method: "POST", body: form, headers: { "X-CSRFToken": this.token } });
      if (response.status === 403) throw new TroubleError("forbidden");
      const answer = response.headers.get("Content-Type")?.includes("json") ? await this.json(response) : {};
      const refused = !["applied", "duplicate", "already"].includes(answer.result);
      if (refused && answer.final === false) continue;
      const told = refused ? { result: "refused", code: "unreadable", final: true, ...answer } : null;
      const after = refused ? { ...photo, state: "refused", told } : { ...photo, state: "arrived", image: null, decided: Date.now() };
      await this.store.write(["photos", "meta"], async (all) => {
        await all.photos.put(after);
        if (!refused) await all.meta.put(Date.now(), "arrived");
      });
      sent = true;
    }
    return sent;
  }

  /** Interviews that have arrived as a whole leave the device; of entries that arrived only the mark stays for a while. */
  async tidy() {
    await this.store.write(["operations", "interviews", "photos"], async (all) => {
      const entries = await all.operations.all();
      const open = new Set(entries.filter((one) => one.state !== "arrived").map((one) => one.unit));
      for (const one of await all.interviews.all()) if (one.finished && !open.has(one.unit)) await all.interviews.delete(one.begin);
      const before = Date.now() - KEPT_DAYS * 86_400_000;
      for (const one of entries) if (one.state === "arrived" && one.decided < before) await all.operations.delete(one.seq);
      for (const one of await all.photos.all()) if (one.state === "arrived" && one.decided < before) await all.photos.delete(one.uuid);
    });
  }
}

/** A refusal that concerns an interview: it can be gone on with, or it cannot be held here at all. */
async function withInterview(all, entry) {
  const begin = entry.kind === "begin" ? entry.uuid : entry.body.begin;
  const interview = begin && (await all.interviews.get(begin));
  if (!interview) return;
  if (entry.kind === "begin" || ["begin_refused", "closed"].includes(entry.told.code)) interview.refused = true;
  if (entry.kind === "finish") interview.finished = false;
  for (const [key, words] of Object.entries(entry.told.items ?? {})) interview.faults[key] = words;
  await all.interviews.put(interview);
}

/** A shop that was written down here stands in the centre's list now: what hangs on it moves along. */
async function moveFound(all, data) {
  for (const one of await all.found.all()) {
    if (!data.units.some((unit) => unit.pk === one.listed)) continue;
    for (const name of ["operations", "interviews", "photos"]) {
      for (const other of await all[name].all()) if (other.unit === one.uuid) await all[name].put({ ...other, unit: one.listed });
    }
    const last = await all.chains.get(one.uuid);
    if (last) await all.chains.put(last, one.listed);
    await all.found.delete(one.uuid);
  }
}
