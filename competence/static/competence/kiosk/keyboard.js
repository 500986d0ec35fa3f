// A keyboard on the screen for whoever has no keyboard of the own writing, or none at all. Loaded when a text is asked for.
import { LAYOUTS, rowsOf, withTone } from "./layouts.js";

const AHEAD = { ArrowRight: 1, ArrowLeft: -1 };

export class Keyboard {
  constructor(form, language, shown) {
    this.box = form.querySelector("#keys");
    this.field = form.elements.text;
    this.button = form.querySelector("[data-keys]");
    this.shift = false;
    this.signs = false;
    this.code = LAYOUTS[shown] ? shown : "de";
    this.languages = [...new Set(["de", language])].filter((code) => LAYOUTS[code]);
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.toggle());
    // A press must not take the caret out of the text.
    this.box.addEventListener("mousedown", (event) => event.preventDefault());
    this.box.addEventListener("click", (event) => this.pressed(event.target.closest("button")));
    this.box.addEventListener("keydown", (event) => this.wander(event));
  }

  toggle() {
    const on = this.box.hidden;
    this.box.hidden = !on;
    this.button.setAttribute("aria-expanded", String(on));
    // On a phone or tablet not two keyboards at once.
    if (on) this.field.inputMode = "none";
    else this.field.removeAttribute("inputmode");
    if (!on) return;
    this.shift = !this.field.value && Boolean(LAYOUTS[this.code].cased);
    this.draw();
    this.box.scrollIntoView({ block: "nearest" });
    const end = this.field.value.length;
    if (document.activeElement !== this.field && !this.field.selectionStart) this.field.setSelectionRange(end, end);
  }

  // The question is shown in another language: so are the letters.
  turn(code) {
    if (!LAYOUTS[code] || code === this.code) return;
    Object.assign(this, { code, shift: false, signs: false });
    if (!this.box.hidden) this.draw();
  }

  draw(focus = "") {
    const layout = LAYOUTS[this.code];
    const rows = rowsOf(this.code, this.signs).map((row) => this.row(row.map((letter) => this.letter(letter))));
    if (layout.tones && !this.signs) {
      rows.push(this.row(Object.entries(layout.tones).map(([tone, name]) => this.key(`◌${tone}`, { tone }, name))));
    }
    const words = this.box.dataset;
    const last = [];
    if (layout.cased && !this.signs) last.push(this.key("⇧", { act: "shift" }, words.shift, String(this.shift)));
    last.push(this.key(this.signs ? this.sample() : "12?", { act: "signs" }, this.signs ? words.letters : words.signs));
    if (layout.word) last.push(this.key(layout.word.face, { text: layout.word.text }));
    last.push(this.key("␣", { text: " " }, words.space));
    last.push(this.key("↵", { text: "\n" }, words.line));
    last.push(this.key("⌫", { act: "delete" }, words.delete));
    if (this.languages.length > 1) last.push(...this.chooser());
    const end = this.row(last);
    end.classList.add("keys-last");
    const keys = document.createElement("div");
    keys.className = "keys-rows";
    keys.lang = this.code;
    keys.dir = layout.rtl ? "rtl" : "ltr";
    keys.append(...rows, end);
    this.box.replaceChildren(keys);
    for (const key of keys.querySelectorAll("button")) key.tabIndex = -1;
    const found = focus ? keys.querySelector(focus) : null;
    (found || keys.querySelector("button")).tabIndex = 0;
    found?.focus();
  }

  sample() {
    return rowsOf(this.code, false)[1].slice(0, 3).join("");
  }

  row(keys) {
    const row = document.createElement("div");
    row.className = "keys-row";
    row.append(...keys);
    return row;
  }

  chooser() {
    return this.languages.map((code) => {
      const button = this.key(code === "de" ? "Deutsch" : this.box.dataset.own, { code }, "", String(code === this.code));
      button.lang = code;
      return button;
    });
  }

  letter(letter) {
    const face = this.shift ? letter.toLocaleUpperCase(this.code) : letter;
    return this.key(/^\p{M}/u.test(face) ? `◌${face}` : face, { text: face });
  }

  key(face, data, name = "", pressed = "") {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = face;
    Object.assign(button.dataset, data);
    if (name) button.setAttribute("aria-label", name);
    if (name && data.tone) button.title = name;
    if (pressed) button.setAttribute("aria-pressed", pressed);
    return button;
  }

  pressed(button) {
    if (!button) return;
    const { text, tone, act, code } = button.dataset;
    if (code) return void this.turnByHand(button);
    if (act === "shift" || act === "signs") {
      this[act] = !this[act];
      this.draw(document.activeElement === button ? `[data-act=${act}]` : "");
      return;
    }
    if (act === "delete") this.remove();
    else if (tone) this.before((written) => withTone(written, tone));
    else this.put(text);
    if (this.shift && text?.trim()) {
      this.shift = false;
      this.draw(document.activeElement === button ? `[data-text="${CSS.escape(text.toLocaleLowerCase(this.code))}"]` : "");
    }
  }

  turnByHand(button) {
    const { code } = button.dataset;
    const focused = document.activeElement === button;
    this.turn(code);
    if (focused) this.box.querySelector(`[data-code=${code}]`).focus();
  }

  put(text) {
    const { field } = this;
    const chosen = field.selectionEnd - field.selectionStart;
    if (field.value.length - chosen + text.length > field.maxLength) return;
    this.write(text, field.selectionStart, field.selectionEnd);
  }

  remove() {
    const { selectionStart: start, selectionEnd: end, value } = this.field;
    if (start !== end) this.write("", start, end);
    else if (start) this.write("", start - [...value.slice(0, start)].at(-1).length, start);
  }

  before(change) {
    const start = this.field.selectionStart;
    const written = this.field.value.slice(0, start);
    const changed = change(written);
    if (changed !== written) this.write(changed, 0, start);
  }

  write(text, start, end) {
    this.field.setRangeText(text, start, end, "end");
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // One stop of the Tab key for all letters; the arrows go from key to key.
  wander(event) {
    const here = event.target.closest(".keys-rows button");
    if (!here || !event.key.startsWith("Arrow")) return;
    event.preventDefault();
    const keys = [...this.box.querySelectorAll(".keys-rows button")];
    let next = null;
    if (event.key in AHEAD) {
      const step = AHEAD[event.key] * (LAYOUTS[this.code].rtl ? -1 : 1);
      next = keys[(keys.indexOf(here) + step + keys.length) % keys.length];
    } else {
      const from = here.getBoundingClientRect();
      const down = event.key === "ArrowDown" ? 1 : -1;
      const far = (key) => {
        const box = key.getBoundingClientRect();
        return Math.abs(box.y - from.y) * 8 + Math.abs(box.x + box.width / 2 - from.x - from.width / 2);
      };
      const there = keys.filter((key) => (key.getBoundingClientRect().y - from.y) * down > from.height / 2);
      next = there.sort((one, other) => far(one) - far(other))[0];
    }
    if (!next) return;
    here.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }
}
