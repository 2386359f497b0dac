// Keys for what the page's buttons and links do. Every one of them stands on the element that it
// presses, as data-key; without this file the page works all the same.
"use strict";

(() => {
  let leaving = false;

  const current = () =>
    document.activeElement?.closest(".pair") ??
    document.querySelector(".pair:target") ??
    document.querySelector(".pair");

  const wanted = (event) => {
    // On an Urdu keyboard the key of a Latin letter is the one in its place.
    const letter = /^Key([A-Z])$/.exec(event.code);
    return letter && !event.shiftKey ? [event.key, letter[1].toLowerCase()] : [event.key];
  };

  const find = (keys) => {
    for (const place of [current(), document]) {
      for (const key of keys) {
        for (const element of place?.querySelectorAll("[data-key]") ?? []) {
          // What belongs to another pair is not meant.
          const pair = element.closest(".pair");
          if (pair && pair !== current()) continue;
          if (element.dataset.key.split(" ").includes(key)) return element;
        }
      }
    }
    return null;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    if (event.target.closest("input, textarea, select")) {
      if (event.key === "Escape") event.target.closest(".pair")?.focus();
      return;
    }
    const element = leaving ? null : find(wanted(event));
    if (!element) return;
    event.preventDefault();
    if (element.matches("textarea")) element.focus();
    else element.click();
  });

  // One decision a key press: none while the next page is on its way.
  document.addEventListener("submit", (event) => {
    if (leaving) event.preventDefault();
    leaving = true;
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
  });
})();
