// Keys for what the page's buttons and links do. Every key stands on the element that it presses, as
// data-key; without this file the page works all the same.
//
// Who types a word means none of its letters: a key that changes something waits a moment, and counts
// only where no other key comes right before or after it.
"use strict";

(() => {
  const MOMENT = 500; // milliseconds
  const { waits, typed } = document.getElementById("told").dataset;
  let waiting = null;

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
    const item = document.activeElement?.closest("[data-item]") ?? document.querySelector("[data-item]:target");
    for (const key of keys) {
      for (const place of [item, current(), document]) {
        for (const element of place?.querySelectorAll("[data-key]") ?? []) {
          // What belongs to another pair, or is folded away, is not meant.
          const pair = element.closest(".pair");
          if (pair && pair !== current()) continue;
          if (element.matches("button") && element.closest("details:not([open])")) continue;
          if (element.dataset.key.split(" ").includes(key)) return element;
        }
      }
    }
    return null;
  };

  // The key before, which may have been pressed on the page before: when, and whether it was part of
  // a word rather than led somewhere.
  const before = () => {
    try {
      return JSON.parse(sessionStorage.getItem("key")) ?? { at: 0, word: false };
    } catch {
      return { at: 0, word: false }; // a browser that keeps nothing
    }
  };

  const remember = (at, word) => {
    try {
      sessionStorage.setItem("key", JSON.stringify({ at, word }));
    } catch {
      // as above
    }
  };

  const stop = () => {
    if (!waiting) return false;
    clearTimeout(waiting.timer);
    waiting.element.removeAttribute("data-waiting");
    waiting = null;
    return true;
  };

  const press = (element) => {
    const name = element.cloneNode(true);
    for (const one of name.querySelectorAll("kbd")) one.remove();
    element.setAttribute("data-waiting", "");
    window.announce(waits.replace("{key}", name.textContent.trim()));
    const timer = setTimeout(() => {
      stop();
      element.click();
    }, MOMENT);
    waiting = { element, timer };
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    if (event.key === "Shift" || event.key === "AltGraph") return; // of a key that comes
    const stopped = stop();
    if (event.key === "Escape") remember(0, false); // a word is over, or a note
    if (event.target.closest("input:not([type=checkbox]), textarea, select")) {
      if (event.key === "Escape") (event.target.closest(".pair") ?? event.target).focus();
      if (event.key === "Escape" && !event.target.closest(".pair")) event.target.blur();
      return;
    }
    if (stopped) window.announce(typed);
    if (event.key.length > 1) return;
    if (event.defaultPrevented) {
      remember(Date.now(), false); // another script has moved the focus
      return;
    }
    const last = before();
    const soon = Date.now() - last.at < MOMENT;
    const busy = document.querySelector("main").getAttribute("aria-busy") === "true";
    const element = busy ? null : find(wanted(event));
    const changes = element?.matches("button:not([type=button])") ?? false;
    // Of two keys for one thing the first begins no word: the one that asks which side it is, or that
    // moves to what is then collected.
    const second = changes && element.closest("details[open], [data-collect]");
    const counts =
      element &&
      (changes && !second
        ? !soon
        : !(soon && last.word) || (!changes && !/\p{L}/u.test(event.key)));
    remember(Date.now(), !counts || changes);
    if (element) event.preventDefault();
    if (!counts) {
      if (element) window.announce(typed);
    } else if (changes) {
      press(element);
    } else if (element.matches("input, textarea")) {
      element.closest("details")?.setAttribute("open", "");
      element.focus();
    } else {
      element.click();
      if (element.dataset.tell) window.announce(element.dataset.tell);
    }
  });

  // A hand at the mouse means something else.
  document.addEventListener("pointerdown", () => {
    if (stop()) window.announce(typed);
  });
})();
