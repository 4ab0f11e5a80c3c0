// Before the first paint: "as the device" becomes light or dark, so that nothing flashes.
(() => {
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    if ((root.dataset.theme || "auto") === "auto") root.setAttribute("data-bs-theme", dark.matches ? "dark" : "light");
  };
  dark.addEventListener("change", apply);
  apply();
})();
