// On pages with a list of claims, and no pairs, the keys for the next and the previous pair move
// the focus from claim to claim, so that the key that collects means the one in focus.
"use strict";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select") || document.querySelector(".pair")) return;
  const { following, previous } = document.body.dataset;
  // On an Urdu keyboard the key of a Latin letter is the one in its place.
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1].toLowerCase();
  const pressed = [event.key, event.shiftKey ? undefined : letter];
  const step = pressed.includes(following) ? 1 : pressed.includes(previous) ? -1 : 0;
  const items = [...document.querySelectorAll("[data-item]")];
  if (!step || !items.length) return;
  event.preventDefault();
  const now = document.activeElement?.closest("[data-item]") ?? document.querySelector("[data-item]:target");
  const at = items.indexOf(now) + step;
  // From none the first; at the ends the focus stays.
  items[Math.min(Math.max(at, 0), items.length - 1)].focus();
});
