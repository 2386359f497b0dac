// The help is a modal dialog: while it is open no key decides anything behind it, Escape closes it,
// and the focus goes back to where it was. Without this file it opens as a popover.
"use strict";

(() => {
  const opened = () => document.querySelector("dialog[open]");

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-closes]")) opened()?.close();
    const button = event.target.closest("[data-opens]");
    if (!button) return;
    event.preventDefault(); // the popover
    document.getElementById(button.dataset.opens).showModal();
  });

  window.addEventListener(
    "keydown",
    (event) => {
      const dialog = opened();
      if (!dialog) return;
      event.stopPropagation();
      const { id } = dialog;
      const keys = document.querySelector(`[data-opens="${id}"]`)?.dataset.key?.split(" ") ?? [];
      if (keys.includes(event.key)) dialog.close();
    },
    { capture: true },
  );
})();
