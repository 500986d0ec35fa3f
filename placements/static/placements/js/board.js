// The board by keyboard: arrow keys lead from card to card, Shift and the arrow to the end of the line takes the next step.
const board = document.querySelector("[data-board]");

if (board) {
  const lanes = [...board.querySelectorAll(".lane")].map((lane) => [...lane.querySelectorAll(".pcard")]).filter((cards) => cards.length);
  const forward = getComputedStyle(board).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const back = forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight";

  const place = (card) => {
    const lane = lanes.findIndex((cards) => cards.includes(card));
    return [lane, lanes[lane].indexOf(card)];
  };

  const wanted = (card, key) => {
    const [lane, row] = place(card);
    const beside = lanes[lane + (key === forward ? 1 : key === back ? -1 : 0)] ?? lanes[lane];
    const step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
    return beside[Math.min(row + step, beside.length - 1)] ?? card;
  };

  board.addEventListener("keydown", (event) => {
    const card = event.target.closest(".pcard");
    if (!card || event.ctrlKey || event.metaKey || event.altKey || ![forward, back, "ArrowDown", "ArrowUp"].includes(event.key)) {
      return;
    }
    event.preventDefault();
    if (!event.shiftKey) {
      wanted(card, event.key).focus();
    } else if (event.key === forward && !event.repeat) {
      card.parentElement.querySelector("form")?.requestSubmit();
    }
  });

  // After a step the card that moved has the focus again.
  if (location.hash.startsWith("#p-")) {
    document.getElementById(location.hash.slice(1))?.focus();
  }
}
