// What always stands above: whether everything has arrived, what waits, and what is in the way.

import { h, icon } from "./dom.js";
import { count, lately, say } from "./words.js";

const SIGNS = { offline: "cloud-slash", server: "cloud-slash", signed_out: "person-lock", forbidden: "slash-circle", looking: "cloud-arrow-up" };

/** What the bar says, by what is in the way and what waits. */
export function bar({ sync, open, others, arrived, signIn }) {
  const words = [];
  if (sync.trouble && !(sync.trouble === "looking" && open.waiting)) words.push(h("strong", {}, say(sync.trouble)), " ");
  if (sync.sending && !sync.trouble && open.waiting) words.push(h("strong", {}, say("sending")), " ");
  if (open.waiting) words.push(h("span", { "data-waiting": open.waiting }, count("waits", open.waiting)), " ");
  else if (!sync.trouble && !open.refused) words.push(h("strong", { "data-arrived": true }, say("all_arrived")), " ");
  if (open.refused) words.push(h("a", { href: "#device" }, `${count("refused", open.refused)} ${say("read")}`), " ");
  if (others) words.push(h("span", { "data-others": others }, count("others", others)), " ");
  if (arrived) words.push(h("small", {}, say("last_arrival", { time: lately(arrived) })));
  const ok = !sync.trouble && !open.waiting && !open.refused;
  return {
    css: `fd-net fa-net ${ok ? "ok" : sync.trouble || open.refused ? "warn" : "info"}`,
    parts: [icon(SIGNS[sync.trouble] ?? (open.waiting ? "cloud-arrow-up" : open.refused ? "exclamation-circle" : "cloud-check")), h("span", {}, words), tap({ sync, open, signIn })],
  };
}

function tap({ sync, open, signIn }) {
  if (sync.trouble === "signed_out") return h("a", { class: "btn btn-sm btn-outline-secondary", href: signIn }, say("sign_in"));
  if (!open.waiting && !sync.trouble) return "";
  return h("button", { class: "btn btn-sm btn-outline-secondary", type: "button", "data-send": true, onclick: () => sync.wake() }, say("send_now"));
}
