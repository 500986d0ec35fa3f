// What the device keeps for one person: one database a person, so that another one finds nothing of it.

const TABLES = { meta: null, operations: "seq", interviews: "begin", photos: "uuid", found: "uuid", chains: null };
const PEOPLE = "iq-field";
const nameOf = (owner) => `iq-field-${owner}`;

/** Who works on this device (``now``), and for whom something is kept (``kept``): opaque names only. */
export function people() {
  try {
    return { now: "", kept: [], ...JSON.parse(localStorage.getItem(PEOPLE) ?? "{}") };
  } catch {
    return { now: "", kept: [] };
  }
}

export function setPeople(change) {
  localStorage.setItem(PEOPLE, JSON.stringify({ ...people(), ...change }));
}

/** Whether somebody has signed out on another page of this browser since; somebody who is signed in takes it back. */
export const signedOut = {
  get: () => localStorage.getItem("iq-signed-out") !== null,
  forget: () => localStorage.removeItem("iq-signed-out"),
};

export function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

class Table {
  constructor(store) {
    this.store = store;
  }

  get = (key) => asked(this.store.get(key));
  all = () => asked(this.store.getAll());
  put = (value, key) => asked(key === undefined ? this.store.put(value) : this.store.put(value, key));
  delete = (key) => asked(this.store.delete(key));
}

export class Store {
  constructor(owner, database) {
    this.owner = owner;
    this.database = database;
    this.listeners = new Set();
    this.channel = new BroadcastChannel(nameOf(owner));
    this.channel.onmessage = () => this.tell();
  }

  static async open(owner) {
    const request = indexedDB.open(nameOf(owner), 1);
    request.onupgradeneeded = () => {
      for (const [name, key] of Object.entries(TABLES)) request.result.createObjectStore(name, key ? { keyPath: key } : {});
    };
    const store = new Store(owner, await asked(request));
    // Another window empties the device: begin anew.
    store.database.onversionchange = () => {
      store.close();
      location.reload();
    };
    setPeople({ kept: [...new Set([...people().kept, owner])] });
    return store;
  }

  async all(name) {
    return new Table(this.database.transaction(name).objectStore(name)).all();
  }

  async get(name, key) {
    return new Table(this.database.transaction(name).objectStore(name)).get(key);
  }

  keys(name) {
    return asked(this.database.transaction(name).objectStore(name).getAllKeys());
  }

  /** Run ``work`` with these tables; all of it is kept or nothing, and it is on the disk when this returns. */
  async write(names, work) {
    const transaction = this.database.transaction(names, "readwrite", { durability: "strict" });
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error ?? new Error("not kept"));
    });
    let result;
    try {
      result = await work(Object.fromEntries(names.map((name) => [name, new Table(transaction.objectStore(name))])));
    } catch (fault) {
      done.catch(() => {});
      try {
        transaction.abort();
      } catch { /* it has ended by itself */ }
      throw fault;
    }
    await done;
    this.tell();
    this.channel.postMessage("changed");
    return result;
  }

  tell() {
    for (const listener of this.listeners) listener();
  }

  /** What would be lost: entries and photos on their way, interviews that are not handed in. */
  async unfinished() {
    const [operations, photos, interviews] = await Promise.all(["operations", "photos", "interviews"].map((name) => this.all(name)));
    return {
      waiting: operations.filter((one) => one.state === "waiting").length + photos.filter((one) => one.state === "waiting").length,
      refused: operations.filter((one) => one.state === "refused").length + photos.filter((one) => one.state === "refused").length,
      interviews: interviews.filter((one) => !one.finished).length,
    };
  }

  close() {
    this.channel.close();
    this.database.close();
  }

  /** Take everything of this person off the device. */
  async empty() {
    this.close();
    await asked(indexedDB.deleteDatabase(nameOf(this.owner)));
    const { now, kept } = people();
    setPeople({ now: now === this.owner ? "" : now, kept: kept.filter((one) => one !== this.owner) });
  }
}
