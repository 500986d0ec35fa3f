// Elements of the page. What is shown is always text, never markup.

/** An element with attributes (``onclick`` and the like are listeners) and children; what is empty is left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return element;
}

export const icon = (name) => h("i", { class: `bi bi-${name}`, "aria-hidden": "true" });
export const bdi = (text) => h("bdi", {}, text);
export const state = (kind, words, sign) => h("span", { class: `state ${kind}` }, icon(sign), words);
export const big = (words, attributes = {}, sign = "chevron-right", kind = "btn-outline-secondary") =>
  h(attributes.href ? "a" : "button", { class: `btn ${kind} bz-big`, type: attributes.href ? null : "button", ...attributes }, h("span", {}, words), icon(sign));
export const message = (kind, sign, ...words) => h("div", { class: `msg ${kind}` }, icon(sign), h("p", {}, ...words));

/** A bar as the server draws it. */
export function bar(value, of, css, label) {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, text] of [["class", css], ["viewBox", `0 0 ${Math.max(of, 1)} 4`], ["preserveAspectRatio", "none"], ["role", "img"], ["aria-label", label]]) {
    drawing.setAttribute(name, text);
  }
  for (const [kind, width] of [["track", Math.max(of, 1)], ["c1", value]]) {
    const part = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    part.setAttribute("class", kind);
    part.setAttribute("width", width);
    part.setAttribute("height", 4);
    drawing.append(part);
  }
  return drawing;
}

/** A labelled field. */
export function labelled(words, field, hint = "") {
  return h("label", { class: "fa-field" }, h("span", {}, words), hint && h("small", {}, hint), field);
}

export function select(options, chosen, attributes = {}) {
  return h("select", { class: "form-select", ...attributes }, options.map(([value, words]) => h("option", { value, selected: value === chosen }, words)));
}

/** Boxes or dots to choose from. ``options`` are [value, element or words, further class]. */
export function choices({ name, options, chosen, multiple = false, onchange }) {
  return h("div", { class: "fd-opts" }, options.map(([value, words, css = ""]) =>
    h("label", { class: `fd-opt ${multiple ? "tick-opt" : ""} ${css}` },
      h("input", { type: multiple ? "checkbox" : "radio", name, value, checked: chosen.includes(value), onchange }),
      h("span", { class: "fd-dot" }), h("span", {}, words))));
}

export const ticked = (root, name) => [...root.querySelectorAll(`input[name="${CSS.escape(name)}"]:checked`)].map((box) => box.value);
