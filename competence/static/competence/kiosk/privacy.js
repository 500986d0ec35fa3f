// Nothing of a client stays to be seen: the page is empty when it is left, and never comes back from the browser's memory.

export function leaveNothing() {
  addEventListener("pagehide", () => document.body.replaceChildren());
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}
