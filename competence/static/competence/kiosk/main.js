// One question after the other without a reload. Without this code the same page works as plain forms.
import { isPersian, latin, writeDigits, writeMonths } from "./digits.js";
import { watch } from "./idle.js";
import { leaveNothing } from "./privacy.js";
import { Queue } from "./queue.js";
import { canSpeak, hush, recorded, speak, whenVoices } from "./speech.js";
import { clearAnswer, readAnswer, stateName } from "./state.js";

const body = document.body;
const language = body.dataset.language;
const base = body.dataset.base;
const csrf = document.querySelector("[name=csrfmiddlewaretoken]").value;
const TYPING = 700; // ms after the last key
const FAST_IN_A_ROW = 3;

let form = document.querySelector("#question");
let mode = document.querySelector(".q-all")?.getAttribute("aria-pressed") === "true";
let typing = 0;
let fast = 0;
let shownAt = performance.now();
let moving = false;
let showsBack = false;
let keyboard = null;
let padField = null;

const queue = new Queue({ base, csrf, onState, onFault, onConverted });
const find = (selector) => document.querySelector(selector);
const log = (event, state = "") => queue.log(event, form.dataset.key, form.dataset.texts, state);
const inL1 = () => body.dataset.shown === "l1";

function notice(key, on) {
  const box = find(`[data-notice=${key}]`);
  if (box) box.hidden = !on;
}

function onState(state) {
  if (state === "offline" || state === "online") notice("offline", state === "offline");
  if (state === "other_window") {
    notice("other_window", true);
    for (const control of document.querySelectorAll("#question input, #question textarea, #question select, .q-nav button, .q-card button")) control.disabled = true;
  }
  const word = { saved: "saved", saving: "saving", offline: "not_saved", not_saved: "not_saved" }[state];
  if (word) for (const part of document.querySelectorAll("[data-save]")) part.hidden = part.dataset.save !== word;
}

function onFault(question, fault) {
  moving = false;
  if (question !== form.dataset.key) return;
  say(find("#error"), fault.message);
  form.querySelector(".typed-input")?.setAttribute("aria-invalid", "true");
  form.querySelector(".typed-input, input[name=choice]")?.focus();
}

// One or two languages, as the question stands.
function say(box, message) {
  const words = box.querySelector("p");
  words.replaceChildren();
  const part = (tag, code) => {
    const said = document.createElement(tag);
    said.lang = code;
    said.dir = "auto";
    said.textContent = message?.[code] || "";
    words.append(said);
  };
  if (inL1()) { part("span", language); part("small", "de"); } else part("span", "de");
  box.hidden = false;
}

// A year of the Persian calendar stands in ours now; the next press of Next goes on.
function onConverted(question, converted) {
  if (question !== form?.dataset.key || !showsBack || !hasPersianYear()) return;
  for (const [name, written] of Object.entries(converted.fields)) form.elements[name].value = written;
  writeDigits(form, form.querySelector(".q-block").lang);
  writeMonths(form);
  form.dataset.state = stateName(readAnswer(form));
  say(find("#converted"), converted.words);
  find("#converted").scrollIntoView({ block: "center" });
}

const hasPersianYear = () => ["year", "date"].includes(form.dataset.type) && isPersian((form.elements.year || form.elements.number).value);

function facts() {
  return { language: inL1() ? language : "de", mode };
}

function store(value) {
  queue.put(form.dataset.key, value, facts());
}

// What stands now, if it is another answer than before.
function noteChange() {
  clearTimeout(typing);
  const answer = readAnswer(form);
  const state = stateName(answer);
  if (state === form.dataset.state) return;
  log(form.dataset.state || form.dataset.status ? "change" : "answer", state);
  form.dataset.state = state;
  form.dataset.status = answer ? "answered" : "";
  find("#error").hidden = true;
  form.querySelector("[aria-invalid]")?.removeAttribute("aria-invalid");
  if (answer) store(answer);
}

function show(l1) {
  body.dataset.shown = l1 ? "l1" : "de";
  const block = form.querySelector(".q-block");
  block.classList.toggle("is-mine", l1);
  block.lang = l1 ? block.dataset.l1 : "de";
  block.dir = l1 ? block.dataset.dir : "ltr";
  for (const tab of form.querySelectorAll(".q-tab")) tab.setAttribute("aria-pressed", String(tab.classList.contains("mine") === l1));
  form.elements.shown.value = l1 ? "l1" : "de";
  writeDigits(form, block.lang);
  keyboard?.turn(block.lang);
  readable();
}

function setMode(on) {
  mode = on;
  const button = form.querySelector(".q-all");
  button.setAttribute("aria-pressed", String(on));
  button.value = on ? "l1_mode_off" : "l1_mode_on";
}

const recordedPicks = (l1) => [...form.querySelectorAll(".pick-text")].map((pick) => pick.dataset[l1 ? "l1" : "de"] || "");

function readable() {
  const button = form.querySelector("[data-read]");
  if (button) button.hidden = !(canSpeak(inL1() ? language : "de") || recorded(button, inL1())[0]);  // answers alone would be heard without their question
}

function readAloud() {
  const l1 = inL1();
  const own = l1 ? "in-l1" : "in-de";
  const words = (part) => {
    const found = part?.querySelector(`.${own}`) || part;
    const copy = found?.cloneNode(true);
    copy?.querySelectorAll("small, svg").forEach((extra) => extra.remove());
    return copy?.textContent.trim();
  };
  const files = recorded(form.querySelector("[data-read]"), l1);
  const parts = [words(form.querySelector("#ask")), words(form.querySelector("#hint"))];
  // A probe asks what somebody can read: its answers are never read aloud.
  if (!("probe" in form.dataset)) {
    parts.push(...[...form.querySelectorAll(".pick-text")].map(words));
    files.push(...recordedPicks(l1));
  }
  log(l1 ? "audio_l1" : "audio_de");
  speak(parts, l1 ? language : "de", files);
}

function paceOf(leaving) {
  notice("no_rush", false);
  if (!("evidence" in form.dataset) || leaving) { fast = 0; return; }
  const enough = 800 + 200 * Number(form.dataset.words);
  fast = performance.now() - shownAt < enough ? fast + 1 : 0;
  if (fast === FAST_IN_A_ROW) { log("prompt"); notice("no_rush", true); }
}

async function leave(way, forced = "") {
  if (moving || queue.stopped) return;
  moving = true;
  hush();
  clearTimeout(typing);
  if (!forced && way === "next" && hasPersianYear()) {
    noteChange();
    showsBack = true;
    store(readAnswer(form));
    await queue.drained();
    showsBack = moving = false;
    return;
  }
  let value = null;
  if (forced) {
    clearAnswer(form);
    log(forced === "skipped" ? "skip" : "dont_know", forced === "skipped" ? "sk" : "dk");
    value = { status: forced };
  } else {
    const answer = readAnswer(form);
    const state = stateName(answer);
    const known = form.dataset.status;
    if (answer) {
      if (state !== form.dataset.state) log(form.dataset.state || known ? "change" : "answer", state);
      value = answer;
    } else if (known === "dont_know" || known === "skipped") {
      value = { status: known };
    } else {
      log("skip", "sk");
      value = { status: "skipped" };
    }
    form.dataset.state = state;
  }
  form.dataset.status = value.status || "answered";
  paceOf(way === "back" || Boolean(forced));
  log(way);
  store(value);
  if (await queue.drained()) await go(`${base}q/${form.dataset.key}/?go=${way}`);
  else queue.takeBack(way);
  moving = false;
}

async function go(address, push = true) {
  for (;;) {
    try {
      const reply = await fetch(address, { headers: { "X-Part": "1" }, cache: "no-store" });
      if (reply.ok) {
        queue.online();
        put(await reply.text(), reply.headers.get("X-Address"), push);
        return;
      }
      if (await queue.refused(reply)) return;
    } catch { /* no connection */ }
    await queue.wait();
  }
}

function put(html, address, push) {
  const parts = new DOMParser().parseFromString(html, "text/html");
  const last = parts.querySelector("[data-last]");
  for (const id of ["progress", "main"]) find(`#${id}`).replaceWith(document.adoptNode(parts.querySelector(`#${id}`)));
  for (const bar of [".q-nav", ".q-tools"]) find(bar).hidden = Boolean(last); // their buttons belong to a question
  if (push && address) history.pushState({}, "", address);
  scrollTo(0, 0);
  if (last) {
    form = null;
    last.querySelector("[data-go]").addEventListener("click", (event) => {
      event.preventDefault();
      go(`${base}q/${event.currentTarget.dataset.go}/`);
    });
    last.querySelector("h1").tabIndex = -1;
    last.querySelector("h1").focus();
    return;
  }
  arrive();
  form.querySelector("#ask").tabIndex = -1;
  form.querySelector("#ask").focus({ preventScroll: true });
}

function arrive() {
  form = find("#question");
  form.dataset.state = stateName(readAnswer(form));
  body.dataset.shown = form.elements.shown.value;
  find(".q-back").disabled = Boolean(form.dataset.first);
  find(".q-nav").hidden = false;
  form.addEventListener("submit", submit);
  form.addEventListener("change", changed);
  form.addEventListener("input", typed);
  form.addEventListener("click", clicked);
  // The digits of a date go where the caret was last; most people know at least the year.
  padField = form.elements.year || null;
  for (const field of [form.elements.day, form.elements.year]) field?.addEventListener("focus", () => { padField = field; });
  for (const part of form.querySelectorAll(".typed-step, .pad-small")) part.hidden = false;
  writeDigits(form, form.querySelector(".q-block").lang);
  writeMonths(form);
  addKeyboard();
  readable();
  shownAt = performance.now();
  log("shown");
}

async function addKeyboard() {
  keyboard = null;
  const here = form;
  if (!here.querySelector("[data-keys]")) return;
  try {
    const { Keyboard } = await import("./keyboard.js");
    if (here === form) keyboard = new Keyboard(form, language, form.querySelector(".q-block").lang);
  } catch { /* no connection: the text is written without it */ }
}

function changed(event) {
  if (event.target.name === "choice" && event.target.checked && form.dataset.type === "multiple") {
    const alone = "exclusive" in event.target.dataset;
    for (const other of form.querySelectorAll("input[name=choice]:checked")) {
      if (other !== event.target && (alone || "exclusive" in other.dataset)) other.checked = false;
    }
  }
  if (event.target.name === "choice") noteChange();
  else if (event.target.tagName === "SELECT") typed(event);
}

function typed(event) {
  if (!event.target.classList.contains("typed-input")) return;
  writeDigits(form, form.querySelector(".q-block").lang);
  writeMonths(form);
  find("#converted")?.toggleAttribute("hidden", true);
  clearTimeout(typing);
  typing = setTimeout(noteChange, TYPING);
}

function clicked(event) {
  const button = event.target.closest("button");
  if (!button) return;
  if ("read" in button.dataset) return void readAloud();
  const field = form.elements.number || padField;
  if (!field) return;
  if (button.dataset.add) field.value = String(Math.max(0, (Number.parseInt(latin(field.value), 10) || 0) + Number(button.dataset.add)));
  else if (button.dataset.digit) field.value = (field.value + button.dataset.digit).slice(0, field.name === "day" ? 2 : 6);
  else if ("delete" in button.dataset) field.value = field.value.slice(0, -1);
  else return;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

const ACTIONS = {
  next: () => leave("next"),
  back: () => leave("back"),
  dont_know: () => leave("next", "dont_know"),
  skip: () => leave("next", "skipped"),
  to_l1: () => { if (!inL1()) { log("to_l1"); show(true); } },
  to_de: () => { if (inL1()) { log("to_de"); show(false); } },
  l1_mode_on: () => { setMode(true); log("l1_mode_on"); show(true); },
  l1_mode_off: () => { setMode(false); log("l1_mode_off"); },
  pause: () => find("#pause").showPopover(),
  help: () => { log("help"); find("#help").hidePopover(); },
  help_pc: () => { log("help_pc"); find("#help").hidePopover(); },
};

function submit(event) {
  event.preventDefault();
  if (queue.stopped) return;
  const action = event.submitter?.value || "next";
  if (action.startsWith("size_")) return void setSize(Number(action.at(-1)));
  if (action.startsWith("contrast_")) return void setContrast(event.submitter, action === "contrast_on");
  ACTIONS[action]?.();
}

function setSize(size) {
  body.dataset.size = String(size);
  for (const button of document.querySelectorAll(".q-size button")) button.setAttribute("aria-pressed", String(button.value === `size_${size}`));
  queue.post("here/", JSON.stringify({ size })).catch(() => {});
}

function setContrast(button, on) {
  body.dataset.contrast = on ? "high" : "normal";
  button.setAttribute("aria-pressed", String(on));
  button.value = on ? "contrast_off" : "contrast_on";
  queue.post("here/", JSON.stringify({ contrast: on })).catch(() => {});
}

async function takeBreak() {
  if (form) { log("pause"); store(readAnswer(form)); }
  await queue.drained();
  const leaving = document.createElement("form");
  leaving.method = "post";
  leaving.action = `${base}pause/`;
  const token = document.createElement("input");
  Object.assign(token, { type: "hidden", name: "csrfmiddlewaretoken", value: csrf });
  leaving.append(token);
  body.append(leaving);
  leaving.submit();
}

leaveNothing();
find("[data-pause]").addEventListener("click", takeBreak);
find("[data-still-here]").addEventListener("click", () => find("#idle").hidePopover());
addEventListener("blur", () => form && log("blur"));
addEventListener("focus", () => form && log("focus"));
addEventListener("popstate", () => go(location.pathname, false));
whenVoices(() => form && readable());
watch({
  onWarn: () => { if (form) log("idle"); find("#idle").showPopover(); },
  onBack: () => { find("#idle").hidePopover(); if (form) log("focus"); },
  onEnd: () => location.reload(),
  tell: () => queue.post("here/", "{}").catch(() => {}),
});
queue.clock = Number(form.elements.ms.value) - performance.now();
arrive();
queue.claim().then(() => queue.send());
