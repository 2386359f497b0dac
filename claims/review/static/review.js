// Decisions without loading the page anew, told to those who do not see them; keys are in keys.js.
// Without this file the page works all the same.
"use strict";

(() => {
  let busy = false;
  let address = location.pathname + location.search;

  // A link to another pair of this page moves the focus, for the keys then mean that pair; at once,
  // so that it never leaves a note that is begun right after.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#pair-"]');
    const pair = link && document.getElementById(link.hash.slice(1));
    if (!pair || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    pair.focus();
  });

  // What happened, for a screen reader too: the place stays where the rest of the page changes.
  let forgetting = 0;
  const announce = (words) => {
    const told = document.getElementById("told");
    told.textContent = words;
    clearTimeout(forgetting);
    forgetting = setTimeout(() => told.replaceChildren(), 8000);
  };
  window.announce = announce;

  const setBusy = (now) => {
    busy = now;
    document.querySelector("main").setAttribute("aria-busy", now);
  };

  const tell = (words) => {
    const told = document.createElement("p");
    told.className = "wrong";
    told.setAttribute("role", "alert");
    told.textContent = words;
    document.querySelector("main").prepend(told);
    told.scrollIntoView({ block: "nearest" });
  };

  const show = (text, url, following) => {
    const next = new DOMParser().parseFromString(text, "text/html");
    if (next.querySelector('meta[http-equiv="refresh"]')) {
      location.assign(url); // a page that loads itself again until the database can be read
      return;
    }
    for (const place of ["body > header", "main"]) {
      document.querySelector(place).replaceWith(next.querySelector(place));
    }
    document.title = next.title;
    const { pathname, search } = new URL(url);
    if (pathname + search !== address) {
      address = pathname + search;
      history.pushState(null, "", address);
    } else if (location.hash) {
      history.replaceState(null, "", address);
    }
    const pair = document.getElementById(`pair-${following}`) ?? document.querySelector(".pair");
    (pair ?? document.querySelector("main")).focus();
  };

  const outcome = (form, button) => {
    const { kept, back } = document.getElementById("told").dataset;
    const done = form.matches(".last") ? back : `${kept}: ${button?.dataset.name ?? ""}`;
    const left = document.querySelector(".progress")?.textContent.trim().replace(/\s+/g, " ") ?? "";
    return left ? `${done}. ${left}` : done;
  };

  // One decision a key press: none while an answer is on its way.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.hasAttribute("data-swap")) return;
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const fields = new URLSearchParams(new FormData(form, event.submitter));
    try {
      const answer = await fetch(form.action, { method: "POST", body: fields });
      show(await answer.text(), answer.url, fields.get("following"));
      if (answer.ok) announce(outcome(form, event.submitter));
    } catch {
      tell(document.body.dataset.lost);
    } finally {
      setBusy(false);
    }
  });

  // Collecting leaves the page and the focus where they are.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.hasAttribute("data-collect")) return;
    event.preventDefault();
    const button = form.querySelector("button");
    const fields = new URLSearchParams(new FormData(form, button));
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: fields,
        headers: { Accept: "application/json" },
      });
      if (!answer.ok) throw new Error(answer.statusText);
      const { collected, claims } = await answer.json();
      button.value = collected ? "take out" : "collect";
      button.querySelector("span").textContent = collected ? form.dataset.out : form.dataset.put;
      document.getElementById("collected").textContent = claims;
    } catch {
      tell(document.body.dataset.lost);
    }
  });

  // What takes longer than the page comes after it; without this file a link leads there.
  for (const place of document.querySelectorAll("[data-load]")) {
    fetch(place.dataset.load)
      .then((answer) => (answer.ok ? answer.text() : null))
      .then((text) => {
        if (text === null) return;
        const found = new DOMParser().parseFromString(text, "text/html").body;
        place.replaceChildren(...found.childNodes);
      })
      .catch(() => {}); // the link stays
  }

  window.addEventListener("popstate", () => {
    if (location.pathname + location.search !== address) location.reload();
  });
})();
