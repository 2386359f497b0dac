// A page that could not be read asks again by itself after some seconds, unless somebody is at work
// on it: then they press the link. Without scripts the browser is told to in the page's head.
"use strict";

(() => {
  const seconds = Number(document.querySelector("[data-retry]").dataset.retry);
  const again = () => {
    const now = document.activeElement;
    if (now === document.body || now === document.querySelector("main")) location.reload();
    else setTimeout(again, seconds * 1000);
  };
  setTimeout(again, seconds * 1000);
})();
