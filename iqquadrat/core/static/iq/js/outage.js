// The server says 503 with a message for the page: show it, and leave everything else as it is. A 503 of anything in between
// (a proxy without that header) is not put on the page.

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status === 503 && xhr.getResponseHeader("HX-Retarget")) event.detail.shouldSwap = true;
});
