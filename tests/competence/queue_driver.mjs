// The page's own queue.js outside a browser: its requests go out by stdout, what the network makes of them comes in by stdin.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

globalThis.addEventListener = () => {};
globalThis.removeEventListener = () => {};
globalThis.setTimeout = (run) => setImmediate(run); // how long it waits between two tries is no matter here
globalThis.clearTimeout = (waiting) => clearImmediate(waiting);

const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
const open = new Map();
let requests = 0;
globalThis.fetch = (address, { body }) => new Promise((resolve, reject) => {
  requests += 1;
  open.set(requests, { resolve, reject });
  say({ request: requests, address, body });
});

const source = readFileSync(process.argv[2], "utf-8");
const { Queue } = await import(`data:text/javascript;base64,${Buffer.from(source).toString("base64")}`);
let queue = null;

const ORDERS = {
  start() {
    queue = new Queue({ base: "", csrf: "", onState: () => {}, onFault: (question, fault) => say({ fault, question }) });
    queue.claim().then(() => queue.send());
  },
  log: ({ event, item, state }) => queue.log(event, item, "", state),
  put: ({ question, value }) => queue.put(question, value, { language: "de", mode: false }),
  drained: () => queue.drained().then((kept) => say({ drained: kept })),
  reply({ number, status, body }) {
    open.get(number).resolve({ status, json: async () => JSON.parse(body) });
    open.delete(number);
  },
  lose({ number }) {
    open.get(number).reject(new TypeError("no connection"));
    open.delete(number);
  },
  // Everything that follows from the orders so far has been said.
  rest: () => setImmediate(() => setImmediate(() => setImmediate(() => say({ rested: true })))),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { order, ...facts } = JSON.parse(line);
  ORDERS[order](facts);
}
