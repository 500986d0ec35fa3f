// Before the first paint: follow the device where the account says so. Loaded without defer on purpose.
(() => {
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const follow = () => {
    if (root.dataset.theme === "auto") {
      root.dataset.bsTheme = dark.matches ? "dark" : "light";
    }
  };
  follow();
  dark.addEventListener("change", follow);
  // Paper is white, whatever the screen is.
  let onScreen = "";
  window.addEventListener("beforeprint", () => {
    onScreen = root.dataset.bsTheme;
    root.dataset.bsTheme = "light";
  });
  window.addEventListener("afterprint", () => {
    root.dataset.bsTheme = onScreen;
  });
})();
