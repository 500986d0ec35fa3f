// With whom: Enter takes the first person found; what was so the last time with this person is filled in where nobody has
// chosen otherwise; further persons come into the list below.

import { enter } from "./chips.js";

export function watchPeople(form) {
  const touched = new Set();
  form.addEventListener("input", (event) => event.isTrusted && touched.add(event.target.name));
  form.addEventListener("change", (event) => event.isTrusted && touched.add(event.target.name));

  const take = (box) => {
    const first = box.querySelector("input[type=radio], [data-add-person]");
    if (!first) return;
    first.click();
    if (first.type === "radio") enter(form.querySelector("[data-chips=channel]"));
  };

  for (const field of form.querySelectorAll("[data-no-enter][hx-target]")) {
    const box = form.querySelector(field.getAttribute("hx-target"));
    let asked = "";
    let waits = false;
    box.addEventListener("htmx:afterSettle", () => {
      asked = field.value;
      if (waits) take(box);
      waits = false;
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.ctrlKey && field.value) {
        if (asked === field.value) take(box);
        else waits = true;
      } else if (event.key === "ArrowDown") {
        event.preventDefault();
        box.querySelector("input[type=radio], [data-add-person]")?.focus();
      }
    });
  }

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add-person]");
    if (!button) return;
    const list = form.querySelector(".companion-list");
    const value = CSS.escape(button.dataset.addPerson);
    const already = form.querySelector(`[name=client][value="${value}"]:is([type=hidden], :checked), .companion-list [value="${value}"]`);
    if (!already) list.append(button.parentElement.querySelector("template").content.cloneNode(true));
    const field = form.querySelector("#with");
    field.value = "";
    form.querySelector("#with-found").replaceChildren();
    field.focus();
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    const begins = event.target.querySelector?.("[data-begins]");
    if (event.target.id === "beside" && begins) begin(form, begins.dataset, touched);
  });
}

function begin(form, begins, touched) {
  for (const name of ["held_on", "held_time", "minutes", "explained_in"]) {
    const field = form.elements[name];
    if (field && begins[name] && !touched.has(name)) field.value = begins[name];
  }
  if (begins.clock && !touched.has("minutes")) form.querySelector("[data-timer]")?.restart?.(begins.clock);
  if (begins.minutes && !touched.has("minutes")) form.querySelector("[name=minutes]").dispatchEvent(new Event("input", { bubbles: true }));
  const check = (name, wanted) => {
    if (touched.has(name)) return;
    for (const box of form.querySelectorAll(`[name=${name}]`)) box.checked = wanted.includes(box.value);
  };
  check("channel", [begins.channel]);
  check("languages", begins.languages.split(" "));
}
