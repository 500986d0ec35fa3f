// Signing out is remembered in this browser until somebody signs in again: what a room keeps on the device is closed or cleared by it.

document.addEventListener("submit", ({ target }) => {
  if (target.matches("[data-signs-out]")) {
    localStorage.setItem("iq-signed-out", "1");
  }
});
