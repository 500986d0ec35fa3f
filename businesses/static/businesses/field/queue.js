// The entries that are to be sent: numbered on this device, each after the one before it at the same door.

export const TABLES = ["meta", "operations", "chains"];

/** Note an entry, inside a transaction over ``TABLES``. ``facts`` is what the server reads besides; returns the entry. */
export async function note(tables, kind, unit, facts, { begin = null, at = new Date() } = {}) {
  const seq = ((await tables.meta.get("seq")) ?? 0) + 1;
  const uuid = crypto.randomUUID();
  const body = { uuid, seq, kind, at: at.toISOString(), after: (await tables.chains.get(unit)) ?? null, ...facts };
  if (begin) body.begin = begin;
  else if (kind !== "found") Object.assign(body, place(unit));
  const entry = { seq, uuid, unit: kind === "found" ? uuid : unit, kind, state: "waiting", body, told: null };
  await tables.meta.put(seq, "seq");
  await tables.operations.put(entry);
  await tables.chains.put(uuid, entry.unit);
  return entry;
}

/** How an entry names its door: by number, or by the entry that found it. */
export function place(unit) {
  return typeof unit === "number" ? { unit } : { found: unit };
}

/** What becomes of an entry when the server has answered. */
export function decided(entry, told) {
  if (told.result !== "refused") return { ...entry, state: "arrived", told: null, body: null, decided: Date.now() };
  if (told.final) return { ...entry, state: "refused", told };
  return { ...entry, told };
}

/** The next entries to send, in their order, as many as fit. */
export function batch(entries, { most = 60, bytes = 200_000 } = {}) {
  const chosen = [];
  let size = 0;
  for (const entry of entries.filter((one) => one.state === "waiting").sort((one, other) => one.seq - other.seq)) {
    size += JSON.stringify(entry.body).length * 2;
    if (chosen.length && (chosen.length === most || size > bytes)) break;
    chosen.push(entry);
  }
  return chosen;
}
