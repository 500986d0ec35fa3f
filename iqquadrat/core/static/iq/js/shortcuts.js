// Keys: whatever carries data-key="x" is focused (fields) or followed (links, buttons) when x is pressed outside a field.
// Esc in a field gives it up. Ctrl+Enter sends the form one is in, but not from a link or button of a row: there it would be
// unclear which of the buttons is meant.

function isTyping(element) {
  return element.isContentEditable || element.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button])");
}

document.addEventListener("keydown", (event) => {
  const focused = document.activeElement ?? document.body;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = focused.closest("form[method=post]");
    if (form && (isTyping(focused) || !form.querySelector("button[formaction^='/']"))) {
      form.requestSubmit();
    }
    return;
  }
  if (event.key === "Escape" && isTyping(focused)) {
    focused.blur();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(focused)) {
    return;
  }
  if (document.querySelector("dialog[open]")) {
    return;
  }
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target) {
    return;
  }
  event.preventDefault();
  if (isTyping(target)) {
    target.focus();
    target.select?.();
  } else {
    target.click();
  }
});
