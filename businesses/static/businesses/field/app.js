// The app for the street: starts with what lies on the device, shows one thing at a time, and sends what waits whenever it can.

import { bar } from "./bar.js";
import { device } from "./device.js";
import { big, h, icon, message } from "./dom.js";
import { door } from "./door.js";
import { doors } from "./doors.js";
import { doorstep, refusal, settleRefusals } from "./doorstep.js";
import { finish } from "./interview.js";
import { question } from "./question.js";
import { changed, found } from "./sight.js";
import { State } from "./state.js";
import { Store, people, setPeople, signedOut } from "./store.js";
import { Sync } from "./sync.js";
import { count, say } from "./words.js";

const env = document.body.dataset;
const element = (id) => document.getElementById(id);
const urls = { data: env.data, sync: env.sync, photo: new URL("../photo/", new URL(env.data, location.href)).pathname };
const signIn = `${env.signIn}?next=${encodeURIComponent(env.app)}`;

let app = null;
let sync = null;
let screen = null;
let others = 0;
let said = "";

function fit() {
  return window.isSecureContext && "indexedDB" in window && "serviceWorker" in navigator && "randomUUID" in crypto;
}

async function start() {
  if (!fit()) return mount({ title: say("my_section"), head: [], main: [h("h1", {}, say("my_section")), message("warn", "exclamation-circle", say("unfit")), big(say("unfit_link"), { href: env.home })] });
  // Not waited for, and not needed while it fails: the page works, it only does not open without connection.
  navigator.serviceWorker.register(env.worker, { scope: new URL(".", new URL(env.worker, location.href)).pathname }).catch(() => {});
  if (env.owner) {
    signedOut.forget();
    await change(env.owner);
  } else if (signedOut.get()) await leave();
  const { now } = people();
  return now ? begin(now) : locked();
}

/** The person has signed out: nothing is shown, and nothing stays but what still waits. */
function leave() {
  setPeople({ now: "" });
  return clear("");
}

/** Somebody else works here from now on: nothing of the one before is shown. */
async function change(owner) {
  if (people().now !== owner) setPeople({ now: owner });
  await clear(owner);
}

/** What is complete goes from this device; what waits stays until its owner comes back. */
async function clear(owner) {
  for (const other of people().kept.filter((one) => one !== owner)) {
    const store = await Store.open(other);
    const open = await store.unfinished();
    if (open.waiting + open.refused + open.interviews) store.close();
    else await store.empty();
  }
}

async function begin(owner) {
  const store = await Store.open(owner);
  app = await new State(store).load();
  sync = new Sync({ store, urls, onchange: () => refresh(), onother: (other) => reset({ owner: other }) });
  store.listeners.add(() => refresh());
  others = await waitingOfOthers(owner);
  await settleRefusals(app);
  addEventListener("hashchange", show);
  // What is chosen or typed on a screen is not drawn over by what arrives in the meantime.
  element("main").addEventListener("input", () => screen && Object.assign(screen, { live: false }));
  addEventListener("online", () => sync.wake());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sync.wake());
  navigator.storage?.persist?.().catch(() => {});
  await show();
  sync.wake();
}

async function waitingOfOthers(owner) {
  let sum = 0;
  for (const other of people().kept.filter((one) => one !== owner)) {
    const store = await Store.open(other);
    sum += (await store.unfinished()).waiting;
    store.close();
  }
  return sum;
}

async function locked() {
  const waiting = await waitingOfOthers("");
  element("net").hidden = true;
  mount({
    title: say("my_section"), head: [h("strong", {}, say("my_section"))],
    main: [h("h1", {}, say("locked")), h("p", { class: "fd-own" }, say("locked_hint")), waiting > 0 && message("warn", "cloud-arrow-up", count("waits", waiting)), big(say("sign_in"), { href: signIn }, "arrow-right", "btn-primary")],
  });
}

/** Begin anew: emptied, for somebody else, or locked. */
async function reset({ empty = false, owner = "" }) {
  sync.stop();
  app.store.listeners.clear();
  removeEventListener("hashchange", show);
  if (empty) await app.store.empty();
  else app.store.close();
  if (owner) await change(owner);
  else setPeople({ now: "" });
  history.replaceState(null, "", env.app);
  if (owner) return location.reload();
  said = empty ? say("deleted") : "";
  return locked();
}

async function route() {
  const [name, first, second] = location.hash.slice(1).split("/").map(decodeURIComponent);
  const context = { app, go, show, env, sync, reset };
  if (name === "device") return device(context);
  if (name === "new") return found(context);
  if (name === "interview") return second === "finish" ? finish(context, first) : question(context, first, second);
  if (name === "door") {
    const unit = app.unit(/^[0-9]+$/.test(first) ? Number(first) : first);
    const part = { refusal, doorstep, changed }[second] ?? door;
    return unit ? part(context, unit) : null;
  }
  return doors(context);
}

/** Show what the address says; what was begun on the screen before is kept first. */
async function show() {
  const leave = screen?.leave;
  screen = null;
  if (leave) await leave();
  await app.load();
  const next = (await route()) ?? doors({ app, go, show, env, sync, reset });
  next.hash = location.hash;
  screen = next;
  mount(next);
  await refresh();
}

function go(hash, words = "") {
  said = words;
  sync.wake();
  if (location.hash.slice(1) === hash) show();
  else location.hash = hash;
}

function mount({ title, back = env.home, head, count = [], progress = null, main, foot = [], flat = false }) {
  document.title = `${title} · ${env.site}`;
  element("top").replaceChildren(
    h("a", { class: "btn btn-quiet btn-icon", href: back ?? env.home, "aria-label": say("back_to_street") }, icon(back === "#" || !back ? "arrow-left" : "x-lg")),
    h("p", {}, head), h("span", { class: "fd-count" }, count));
  element("progress").replaceChildren(progress ?? "");
  element("main").replaceChildren(said ? h("div", { role: "status" }, message("ok", "check-circle-fill", said)) : "", ...main.flat().filter(Boolean));
  element("foot").replaceChildren(...foot.filter(Boolean));
  element("foot").hidden = !foot.length;
  element("foot").classList.toggle("fa-flat", flat);
  element("main").dataset.shows = location.hash;
  said = "";
  scrollTo(0, 0);
  element("main").focus({ preventScroll: true });
}

let drawing = Promise.resolve();

/** The bar, and what is shown where nobody is typing: after everything that is noted, sent or loaded. */
function refresh() {
  drawing = drawing.then(draw).catch((fault) => console.warn(fault));
  return drawing;
}

async function draw() {
  if (!app || sync.stopped) return;
  await app.load();
  const [open, arrived] = [await app.store.unfinished(), await app.store.get("meta", "arrived")];
  const { css, parts } = bar({ sync, open, others, arrived, signIn });
  const net = element("net");
  net.className = css;
  net.hidden = false;
  net.replaceChildren(...parts.filter(Boolean));
  if (!screen?.live || screen.hash !== location.hash) return;
  const state = JSON.stringify([app.loaded, app.operations, app.photos.map((one) => [one.uuid, one.state]), app.interviews, app.found, app.place]);
  if (state === screen.state || typing()) return;
  if (screen.state === undefined) {
    screen.state = state;
    return;
  }
  const next = await route();
  if (!next || !screen?.live || screen.hash !== location.hash || typing()) return;
  Object.assign(screen, { state });
  const focused = document.activeElement?.id;
  element("main").replaceChildren(...next.main.flat().filter(Boolean));
  if (focused && focused !== "main") element(focused)?.focus({ preventScroll: true });
}

function typing() {
  return element("main").contains(document.activeElement) && /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
}

start();
