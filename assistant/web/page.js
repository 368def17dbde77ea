// What the page does without asking the server.
if (window.attache) return;

// --- parts of the page that the server draws ---------------------------------------------------
const parts = {};
function send(part, data) {
  parts[part]?.trigger("select", data);
}
// Called by each part when it is there; what is done with its content when it was drawn anew.
window.attache = {
  connect(name, element, trigger, watch) {
    parts[name] = { element, trigger };
    watch("value", () => drawn[name]?.(element));
    if (name === "source") follow(location.hash, null);
    if (name === "panel") drawn.panel(element);
    if (name === "status") element.setAttribute("role", "status");
  },
  // The query of the address, once: it stands for one question, which is asked now.
  query() {
    const query = location.search;
    if (new URLSearchParams(query).has("q"))
      history.replaceState(null, "", location.pathname + location.hash);
    return query;
  },
};
const desk = () => document.getElementById("desk");

let shownTurns = 0;
let pendingTurn = null;
const drawn = {
  chat(element) {
    hideCard();
    const turns = element.querySelectorAll(".turn");
    // An answer is read from its question downwards.
    const asked = element.querySelector(".pending")?.closest(".turn");
    const answered = asked ? null : turns[pendingTurn] ?? (turns.length > shownTurns ? turns[turns.length - 1] : null);
    const turn = asked ?? answered;
    if (turn) {
      const chat = document.getElementById("chat");
      const below = turn.getBoundingClientRect().top - chat.getBoundingClientRect().top;
      chat.scrollTo({ top: chat.scrollTop + below - 14, behavior: calm() });
    }
    pendingTurn = asked?.dataset.turn ?? null;
    shownTurns = turns.length;
    markOpen();
  },
  past() {
    const open = sessionStorage.getItem("attache_open");
    sessionStorage.removeItem("attache_open");
    if (open !== null && open !== openConversation()) send("past", { act: "open", id: open });
  },
  panel(element) {
    // A box that was ticked by hand no longer follows its attribute.
    for (const box of element.querySelectorAll("input[type=checkbox]"))
      box.checked = box.hasAttribute("checked");
    for (const choice of element.querySelectorAll("option"))
      if (choice.hasAttribute("selected")) choice.selected = true;
    for (const select of element.querySelectorAll("select"))
      if (!select.querySelector("option[selected]")) select.value = "";
    for (const facet of element.querySelectorAll("details"))
      facet.open = opened.has(facet.dataset.facet);
  },
  source(element) {
    desk()?.classList.remove("closing");
    hideCard();
    const article = element.querySelector("article.source");
    desk()?.classList.toggle("viewing", article !== null);
    if (article === null) return;
    const reading = element.querySelector(".reading");
    const outline = element.querySelector(".outline");
    const here = element.querySelector(".outline [aria-current]");
    if (outline && here) outline.scrollTop = here.offsetTop - outline.clientHeight / 3;
    const quote = element.querySelector(".section mark, .sheet .spot");
    requestAnimationFrame(() => toQuote(reading, quote));
    const picture = element.querySelector(".sheet img");
    if (picture && !picture.complete) picture.onload = () => toQuote(reading, quote);
    element.querySelector(".source-head h2")?.focus({ preventScroll: true });
    markOpen();
  },
  status(element) {
    clearTimeout(drawn.timer);
    element.classList.add("told");
    drawn.timer = setTimeout(() => element.classList.remove("told"), 6000);
  },
};
function toQuote(reading, quote) {
  if (!quote) {
    reading.scrollTop = 0;
    return;
  }
  const offset = quote.getBoundingClientRect().top - reading.getBoundingClientRect().top;
  reading.scrollTop += offset - reading.clientHeight / 3;
}
const calm = () =>
  window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";

// --- two tabs of one browser: both write what is kept, so one that was behind reads it anew -------
let behind = false;
window.addEventListener("storage", (event) => {
  if (event.key === "attache_kept") behind = true;
});
function catchUp() {
  const writing = document.querySelector("#question textarea")?.value || desk()?.querySelector(".pending");
  if (!behind || document.hidden || writing) return;
  sessionStorage.setItem("attache_open", openConversation());
  location.reload();
}
const openConversation = () =>
  document.querySelector(".open-conversation[aria-current]")?.dataset.id ?? "";
window.addEventListener("focus", catchUp);
document.addEventListener("visibilitychange", catchUp);

// --- the source viewer: its place is the address's hash, so that it can be linked to ------------
const PLACE = /^#[0-9a-f]{12}:\d+-\d+(\/page(=\d+)?)?$/;
let cameFrom = null;
let shownPlace = "";
function follow(hash, link) {
  if (!PLACE.test(hash)) return close();
  shownPlace = hash;
  send("source", { place: hash.slice(1), turn: link?.dataset.turn ?? "" });
}
function go(link) {
  const hash = link.getAttribute("href");
  if (!link.closest("#source")) cameFrom = link;
  if (location.hash !== hash) history.pushState(null, "", location.pathname + location.search + hash);
  follow(hash, link.closest("#source") ? cameFrom : link);
}
function close() {
  if (!shownPlace) return;
  shownPlace = "";
  desk()?.classList.add("closing");
  if (location.hash) history.pushState(null, "", location.pathname + location.search);
  send("source", { place: "" });
  markOpen();
  if (cameFrom?.isConnected) cameFrom.focus();
  else document.querySelector("#question textarea")?.focus();
}
window.addEventListener("popstate", () => follow(location.hash, null));
function markOpen() {
  const open = shownPlace.split("/")[0];
  for (const link of document.querySelectorAll("a.cite"))
    link.classList.toggle("open", open !== "" && link.getAttribute("href") === open);
}

// --- the card of a citation: while it is pointed at, has the focus, or is itself pointed at -----
let card = null;
let hiding = 0;
function showCard(link) {
  const wanted = document.getElementById(link.dataset.card ?? "");
  clearTimeout(hiding);
  if (wanted === card || !wanted) return;
  hideCard();
  card = wanted;
  card.hidden = false;
  link.setAttribute("aria-describedby", card.id);
  const at = link.getBoundingClientRect();
  const width = Math.min(420, window.innerWidth - 24);
  card.style.width = `${width}px`;
  card.style.left = `${Math.max(12, Math.min(at.left - 20, window.innerWidth - width - 12))}px`;
  const above = at.top > window.innerHeight - at.bottom;
  card.style.top = above ? "auto" : `${at.bottom + 6}px`;
  card.style.bottom = above ? `${window.innerHeight - at.top + 6}px` : "auto";
  card.style.maxHeight = `${Math.min(380, (above ? at.top : window.innerHeight - at.bottom) - 18)}px`;
  const quote = card.querySelector("mark");
  const text = card.querySelector(".card-text");
  if (quote && text) text.scrollTop = quote.offsetTop - text.offsetTop - 30;
}
function hideCard() {
  clearTimeout(hiding);
  if (card) card.hidden = true;
  card = null;
}
const cited = (event) => event.target.closest?.("a.cite");
const canHover = window.matchMedia("(hover: hover)");
document.addEventListener("mouseover", (event) => {
  if (!canHover.matches) return;
  if (cited(event)) showCard(cited(event));
  else if (event.target.closest(".card")) clearTimeout(hiding);
  else if (card) {
    clearTimeout(hiding);
    hiding = setTimeout(hideCard, 200);
  }
});
document.addEventListener("focusin", (event) => {
  if (cited(event)?.matches(":focus-visible")) showCard(cited(event));
  else if (!event.target.closest(".card")) hideCard();
});
document.addEventListener("scroll", hideCardOnScroll, true);
function hideCardOnScroll(event) {
  if (card && !(event.target instanceof Element && event.target.closest(".card"))) hideCard();
}

// --- buttons -----------------------------------------------------------------------------------
const opened = new Set(["group", "economy"]);
async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without a secure context (plain HTTP on another machine) there is only the old way.
    const area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  tell(button.dataset.done);
}
function tell(words) {
  const box = parts.status?.element;
  if (!box) return;
  box.textContent = words;
  drawn.status(box);
}
const filterForm = () => document.querySelector("form[data-form=filters]");
function sendFilters() {
  const chosen = new URLSearchParams();
  for (const [name, value] of new FormData(filterForm())) if (value) chosen.append(name, value);
  send("panel", { act: "filter", query: chosen.toString() });
}
const PARAMETERS = {
  groups: "group",
  agencies: "agency",
  economies: "economy",
  roles: "role",
  reports: "report",
};
const actions = {
  theme: () => window.attacheTheme(),
  side() {
    const open = desk().classList.toggle("side-open");
    (open ? document.querySelector("#side button") : document.querySelector("#side-open button"))?.focus();
  },
  outline() {
    const head = document.querySelector("#source .source-body");
    head?.classList.toggle("outline-shown");
    head?.classList.toggle("outline-hidden");
  },
  close,
  "place-link"(button) {
    copy(location.href.split("#")[0] + location.hash, button);
  },
  ask: (button) => send("chat", { act: "ask", text: button.dataset.text }),
  retry: (button) => send("chat", { act: "retry", turn: button.dataset.turn }),
  unstate: (button) =>
    send("chat", {
      act: "unstate",
      turn: button.dataset.turn,
      field: button.dataset.field,
      value: button.dataset.value,
    }),
  copy: (button) =>
    copy(button.closest(".turn").querySelector(".plain-answer").textContent, button),
  share: (button) =>
    copy(`${location.origin}${location.pathname}?${button.dataset.query}`, button),
  wrong(button) {
    const turn = button.closest(".turn");
    const form = turn.querySelector("form.feedback");
    form.hidden = !form.hidden;
    turn.querySelector("[aria-expanded]").setAttribute("aria-expanded", String(!form.hidden));
    (form.hidden ? turn.querySelector("[aria-expanded]") : form.elements.expected).focus();
  },
  new() {
    shownTurns = 0;
    send("past", { act: "new" });
    closeSide();
    document.querySelector("#question textarea")?.focus();
  },
  open(button) {
    shownTurns = 0;
    send("past", { act: "open", id: button.dataset.id });
    closeSide();
  },
  delete: (button) => send("past", { act: "delete", id: button.dataset.id }),
  unfilter(button) {
    const form = filterForm();
    const { field, value } = button.dataset;
    if (field === "years") form.elements.since.value = form.elements.until.value = "";
    else
      for (const box of form.querySelectorAll(`input[name="${PARAMETERS[field]}"]`))
        if (box.value === value) box.checked = false;
    sendFilters();
  },
  "clear-filters": () => send("panel", { act: "filter", query: "" }),
};
function closeSide() {
  desk()?.classList.remove("side-open");
}

document.addEventListener("click", (event) => {
  const place = event.target.closest("a.cite, a.goto");
  if (place && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    hideCard();
    go(place);
    return;
  }
  const button = event.target.closest("[data-act]");
  if (button) actions[button.dataset.act]?.(button);
  const skip = event.target.closest("a[data-to]");
  if (skip) {
    event.preventDefault();
    document.querySelector(`#${skip.dataset.to} textarea`)?.focus();
  }
  const language = event.target.closest("a.language");
  if (language) {
    event.preventDefault();
    const there = new URL(language.getAttribute("href"), document.baseURI).href;
    location.href = there + location.search + location.hash;
  }
  const outside = desk()?.classList.contains("side-open") && !event.target.closest("#side, [data-act=side]");
  if (outside) closeSide();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (card) hideCard();
  else if (desk()?.classList.contains("side-open")) actions.side();
  else close();
});
document.addEventListener("change", (event) => {
  if (event.target.closest("form[data-form=filters]")) sendFilters();
});
document.addEventListener("toggle", (event) => {
  const facet = event.target.dataset?.facet;
  if (facet) event.target.open ? opened.add(facet) : opened.delete(facet);
}, true);
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-form]");
  if (!form) return;
  event.preventDefault();
  if (form.dataset.form === "feedback") {
    send("chat", { act: "feedback", turn: form.dataset.turn, expected: form.elements.expected.value });
    form.hidden = true;
    form.reset();
  }
});
