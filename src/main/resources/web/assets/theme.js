// Before anything is painted: the theme that was chosen here, else the one that the machine prefers.
(function () {
  var chosen = null;
  try { chosen = localStorage.getItem("opsiq-theme"); } catch (e) { /* storage is off: the machine decides */ }
  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  function apply() {
    document.documentElement.setAttribute("data-bs-theme", chosen || (dark.matches ? "dark" : "light"));
  }
  apply();
  dark.addEventListener("change", apply);
  window.opsiqTheme = function () {
    chosen = document.documentElement.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
    try { localStorage.setItem("opsiq-theme", chosen); } catch (e) { /* not remembered, then */ }
    apply();
  };
})();
