// The little that htmx does not do. Everything works without it.
(function () {
  "use strict";

  document.addEventListener("click", function (event) {
    var theme = event.target.closest("[data-theme-toggle]");
    if (theme) { window.opsiqTheme(); return; }
    var copy = event.target.closest("[data-copy]");
    if (copy) { copyText(copy); return; }
    var close = event.target.closest("[data-close]");
    if (close) { close.closest(close.dataset.close).remove(); return; }
    // A click outside closes what hangs open.
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) { menu.removeAttribute("open"); }
    });
  });

  function copyText(button) {
    var text = document.getElementById(button.dataset.copy).textContent;
    var before = button.dataset.label || (button.dataset.label = button.textContent);
    function say(word) {
      button.textContent = word;
      setTimeout(function () { button.textContent = before; }, 1600);
    }
    navigator.clipboard.writeText(text).then(function () { say("Copied"); }, function () { say("Select and copy by hand"); });
  }

  // A form that asks for a word keeps its button shut until the word is there.
  document.querySelectorAll("[data-confirm-word]").forEach(function (input) {
    var button = input.form.querySelector("[type=submit]");
    function check() { button.disabled = input.value.trim() !== input.dataset.confirmWord; }
    input.addEventListener("input", check);
    check();
  });

  // Filters act at once; the button is for those without scripts.
  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-submit-on-change] select")) { event.target.form.requestSubmit(); }
  });
  document.addEventListener("submit", function (event) {
    if (event.target.matches("[data-submit-on-change]")) {
      event.target.querySelectorAll("select, input").forEach(function (field) { field.disabled = field.value === ""; });
    }
    if (event.target.matches("form[data-once]")) {
      event.target.querySelectorAll("[type=submit]").forEach(function (button) { button.setAttribute("aria-disabled", "true"); });
    }
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("[data-submit-on-change] :disabled").forEach(function (field) { field.disabled = false; });
  });

  // Keys: / to search; j, k and Enter on the list of cases; Escape closes menus.
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.key === "Escape") {
      document.querySelectorAll("details.menu[open]").forEach(function (menu) {
        menu.removeAttribute("open");
        menu.querySelector("summary").focus();
      });
      return;
    }
    if (event.target.closest("input, textarea, select, [contenteditable]")) { return; }
    if (event.key === "/") {
      var search = document.querySelector("[data-search]");
      if (search) { event.preventDefault(); search.focus(); search.select(); }
    } else if (event.key === "j" || event.key === "k") {
      move(event.key === "j" ? 1 : -1);
    }
  });

  function move(by) {
    var links = Array.from(document.querySelectorAll("[data-line]"));
    if (links.length === 0) { return; }
    var at = links.findIndex(function (link) { return link.closest("tbody").contains(document.activeElement); });
    var next = links[Math.min(links.length - 1, Math.max(0, at + by))];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  // How long the run has been going on.
  setInterval(function () {
    document.querySelectorAll("[data-since]").forEach(function (clock) {
      var seconds = Math.max(0, Math.round((Date.now() - Date.parse(clock.dataset.since)) / 1000));
      clock.textContent = seconds < 60 ? seconds + " s" : Math.floor(seconds / 60) + " min " + (seconds % 60) + " s";
    });
  }, 1000);

  // What failed on the way is said where it was asked for.
  document.addEventListener("htmx:responseError", function (event) { say(event.detail.xhr.status === 401
    ? "You are signed out. Reload the page to sign in." : "That did not work. Reload the page and try again."); });
  document.addEventListener("htmx:sendError", function () { say("The server does not answer. Maybe it was stopped."); });

  function say(text) {
    var place = document.getElementById("said");
    if (!place) { return; }
    place.textContent = text;
    place.hidden = false;
    clearTimeout(place.timer);
    place.timer = setTimeout(function () { place.hidden = true; }, 8000);
  }
})();
