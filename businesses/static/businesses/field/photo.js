// A photo of the sign: made small on the device, kept with the entries, sent after them.

import { h, icon, message } from "./dom.js";
import { say } from "./words.js";

const EDGE = 1600;
const QUALITY = 0.82;

export function photo({ app }, unit) {
  if (!(app.wave(unit.wave)?.photos ?? app.data.photos)) return "";
  const own = app.photos.filter((one) => one.unit === unit.pk);
  const waits = own.some((one) => one.state === "waiting");
  const there = unit.photo || own.some((one) => one.state === "arrived");
  const fault = h("div", { role: "alert" });
  const field = h("input", {
    type: "file", accept: "image/*", capture: "environment", class: "visually-hidden", id: "photo",
    onchange: async () => {
      const [picture] = field.files;
      field.value = "";
      if (!picture) return;
      try {
        await keep(app, unit, await small(picture));
        await app.load();
        section.replaceWith(photo({ app }, unit));
      } catch {
        fault.replaceChildren(message("bad", "exclamation-triangle-fill", say("photo_fault")));
      }
    },
  });
  const section = h("section", { "aria-labelledby": "h-photo" },
    h("h2", { id: "h-photo", class: "bz-h" }, say("photo")),
    waits ? message("info", "cloud-arrow-up", say("photo_waits")) : there && message("ok", "check-circle-fill", say("photo_there")),
    h("label", { class: "btn btn-outline-secondary bz-big fa-file" }, field, h("span", {}, say(waits || there ? "photo_again" : "photo_take")), icon("camera")),
    h("p", { class: "fd-own" }, say("photo_hint")), fault);
  return section;
}

/** One photo a door: a newer one takes the place of one that still waits. */
async function keep(app, unit, image) {
  await app.store.write(["photos"], async (all) => {
    for (const one of await all.photos.all()) if (one.unit === unit.pk && one.state !== "arrived") await all.photos.delete(one.uuid);
    await all.photos.put({ uuid: crypto.randomUUID(), unit: unit.pk, kind: "photo", taken_at: new Date().toISOString(), image, state: "waiting", told: null });
  });
}

/** The picture with its longest edge cut down, as JPEG: no other facts of the camera go along. */
async function small(picture) {
  const drawing = await createImageBitmap(picture, { imageOrientation: "from-image" });
  const scale = Math.min(1, EDGE / Math.max(drawing.width, drawing.height));
  const canvas = h("canvas", { width: Math.max(1, Math.round(drawing.width * scale)), height: Math.max(1, Math.round(drawing.height * scale)) });
  canvas.getContext("2d").drawImage(drawing, 0, 0, canvas.width, canvas.height);
  drawing.close();
  const made = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  if (!made) throw new Error("no picture");
  return made;
}
