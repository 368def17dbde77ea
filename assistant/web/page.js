// What the page does without asking the server. Runs in the head, before Gradio starts.

// Gradio's own words follow the browser's language; they are to follow the page's.
for (const [name, value] of [["language", HTML_LANG], ["languages", [HTML_LANG]]])
  Object.defineProperty(navigator, name, { get: () => value });
document.documentElement.lang = HTML_LANG;
document.cookie = `attache_language=${PAGE_LANGUAGE};path=/;max-age=31536000;samesite=lax`;

// Dark or light: as the system has it until the user says otherwise.
const system = window.matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (localStorage.getItem("attache_theme") ?? (system.matches ? "dark" : "light")) === "dark";
function paint() {
  document.documentElement.style.colorScheme = isDark() ? "dark" : "light";
  if (document.body && document.body.classList.contains("dark") !== isDark())
    document.body.classList.toggle("dark", isDark());
}
function keepPainted() {
  paint();
  // Gradio sets the class itself when it has started.
  new MutationObserver(paint).observe(document.body, { attributes: true, attributeFilter: ["class"] });
}
document.addEventListener("DOMContentLoaded", keepPainted);
system.addEventListener("change", paint);

const actions = {
  theme() {
    localStorage.setItem("attache_theme", isDark() ? "light" : "dark");
    paint();
  },
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  if (button && actions[button.dataset.act]) actions[button.dataset.act](button, event);
  const skip = event.target.closest("a[data-to]");
  if (skip) {
    event.preventDefault();
    document.querySelector(`#${skip.dataset.to} textarea`)?.focus();
  }
  const language = event.target.closest("a.language");
  if (language) {
    event.preventDefault();
    location.href = new URL(language.getAttribute("href"), document.baseURI).href + location.search + location.hash;
  }
});
