// Saving: one operation on its way at a time, the same one again until it is answered, the newest value of a question wins.
// Lives in the page's memory only; nothing is written to the browser's storage.

const SHORTEST = 1000;
const LONGEST = 15000;

export class Queue {
  constructor({ base, csrf, onState, onFault, onConverted = () => {} }) {
    Object.assign(this, { base, csrf, onState, onFault, onConverted });
    this.epoch = 0;
    this.seq = 0;
    this.clock = 0;
    this.events = [];
    this.pending = new Map();
    this.flight = null;
    this.stopped = false;
    this.waiters = [];
    this.tries = 0;
  }

  // Become the tab that may write. Tried again until there is a connection.
  async claim() {
    for (;;) {
      try {
        const reply = await this.post("claim/", "{}");
        if (reply.status === 200) {
          const { epoch, seq, ms } = await reply.json();
          // What was noted before goes on from the number that the server knows.
          for (const event of this.events) event.seq += seq;
          Object.assign(this, { epoch, seq: this.seq + seq, clock: ms - performance.now() });
          this.online();
          return;
        }
        if (await this.refused(reply)) return;
      } catch { /* no connection: once more */ }
      await this.wait();
    }
  }

  log(event, item = "", texts = "", state = "") {
    if (this.stopped) return;
    this.seq += 1;
    this.events.push({ seq: this.seq, item, event, state, texts, ms: Math.max(0, Math.round(this.clock + performance.now())) });
  }

  // The question was not left after all: its answer was refused.
  takeBack(event) {
    const place = this.events.findLastIndex((entry) => entry.event === event);
    if (place >= 0) this.events.splice(place, 1);
  }

  put(question, value, facts) {
    this.pending.set(question, { value, ...facts });
    this.onState("saving");
    this.send();
  }

  // Resolves when everything has been answered: true, or false when an answer was refused or this tab may not write.
  drained() {
    if (!this.pending.size && !this.flight) return Promise.resolve(!this.stopped);
    return new Promise((resolve) => this.waiters.push(resolve));
  }

  async send() {
    if (this.flight || this.stopped || !this.epoch || !this.pending.size) return;
    const [question, facts] = this.pending.entries().next().value;
    this.pending.delete(question);
    const events = this.events.slice(0, 200);
    this.seq += 1;
    this.flight = { question, facts, events };
    const body = JSON.stringify({
      op_id: crypto.randomUUID(), epoch: this.epoch, seq: this.seq, question, value: facts.value,
      language_shown: facts.language, l1_mode: facts.mode, events,
    });
    let kept = true;
    for (;;) {
      try {
        const reply = await this.post("save/", body);
        if (reply.status === 200) {
          const { converted } = await reply.json();
          this.online();
          this.events.splice(0, events.length);
          if (converted && !this.pending.has(question)) this.onConverted(question, converted);
          break;
        }
        if (reply.status === 422 || reply.status === 400) {
          this.online();
          kept = false;
          const fault = await reply.json().catch(() => ({}));
          if (!this.pending.has(question)) this.onFault(question, fault);
          break;
        }
        if (await this.refused(reply)) return;
      } catch { /* no connection: the same operation again */ }
      await this.wait();
    }
    this.flight = null;
    if (this.pending.size) return void this.send();
    this.onState(kept ? "saved" : "not_saved");
    this.settle(kept);
  }

  settle(kept) {
    for (const resolve of this.waiters.splice(0)) resolve(kept);
  }

  // 409: another tab writes now. 404 and 410: the session is over.
  async refused(reply) {
    if (![404, 409, 410].includes(reply.status)) return false;
    this.stopped = true;
    this.flight = null;
    this.settle(false);
    if (reply.status === 409) this.onState("other_window");
    else location.replace((await reply.json().catch(() => ({}))).to || "/k/ended/");
    return true;
  }

  online() {
    this.tries = 0;
    this.onState("online");
  }

  wait() {
    this.tries += 1;
    this.onState("offline");
    const longest = Math.min(LONGEST, SHORTEST * 2 ** Math.min(this.tries, 5));
    return new Promise((resolve) => {
      const done = () => { clearTimeout(timer); removeEventListener("online", done); resolve(); };
      const timer = setTimeout(done, longest * (0.5 + Math.random() / 2));
      addEventListener("online", done, { once: true });
    });
  }

  post(path, body) {
    return fetch(this.base + path, {
      method: "POST", body, cache: "no-store",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.csrf },
    });
  }
}
