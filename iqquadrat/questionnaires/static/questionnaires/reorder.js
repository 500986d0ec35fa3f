// Sections, questions and answers in another order: by dragging the handle, or by Alt with an arrow key. Both send the same forms as
// the buttons; the page comes back with the focus where the part stands now, so that the next key moves it on.

const form = document.getElementById("order");
const marks = ["drop-before", "drop-after", "drop-inside"];
let dragged = null;

document.body.classList.add("can-drag");

const listOf = (part) => part.parentElement.closest("[data-order]");
const partOf = (target) => target.closest?.("[data-order] > [data-key]");

function clear() {
  for (const name of marks) {
    document.querySelectorAll(`.${name}`).forEach((part) => part.classList.remove(name));
  }
}

// Where a part would land: before another one, or at the end of a list; nothing where it cannot.
function goal(event) {
  const kind = listOf(dragged).dataset.order;
  let part = partOf(event.target);
  while (part && listOf(part).dataset.order !== kind) {
    part = partOf(part.parentElement);
  }
  if (part) {
    const box = part.getBoundingClientRect();
    const after = event.clientY > box.top + box.height / 2;
    return { list: listOf(part), part, before: after ? part.nextElementSibling : part, after };
  }
  const list = event.target.closest?.(".qe-section")?.querySelector(`[data-order="${kind}"]`);
  return list ? { list, part: null, before: null, after: true } : null;
}

function send(found) {
  const before = found.before?.dataset.key ?? "";
  if (found.before === dragged || (found.before === dragged.nextElementSibling && found.list === listOf(dragged))) {
    return;
  }
  form.elements.key.value = dragged.dataset.key;
  form.elements.before.value = before;
  if (form.elements.part) {
    form.elements.part.value = found.list.dataset.order;
    form.elements.section.value = found.list.dataset.section ?? "";
  }
  form.requestSubmit();
}

for (const grip of document.querySelectorAll("[data-grip]")) {
  grip.draggable = true;
}

document.addEventListener("dragstart", (event) => {
  const grip = event.target.closest?.("[data-grip]");
  if (!grip) {
    return;
  }
  dragged = partOf(grip);
  dragged.classList.add("is-dragged");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.key);
  event.dataTransfer.setDragImage(dragged, 16, 16);
});

document.addEventListener("dragover", (event) => {
  const found = dragged && goal(event);
  clear();
  if (found) {
    event.preventDefault();
    (found.part ?? found.list).classList.add(found.part ? (found.after ? "drop-after" : "drop-before") : "drop-inside");
  }
});

document.addEventListener("drop", (event) => {
  const found = dragged && goal(event);
  if (found) {
    event.preventDefault();
    send(found);
  }
});

document.addEventListener("dragend", () => {
  dragged?.classList.remove("is-dragged");
  dragged = null;
  clear();
});

document.addEventListener("keydown", (event) => {
  if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) {
    return;
  }
  const part = partOf(event.target);
  if (part) {
    event.preventDefault();
    const button = part.querySelector(`.qe-move button[value="${event.key === "ArrowUp" ? "up" : "down"}"]`);
    if (button && partOf(button) === part) {
      button.click();
    }
  }
});
