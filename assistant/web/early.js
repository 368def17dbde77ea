// Runs in the document before anything else: what must be settled before Gradio starts.

// Gradio's own words follow the browser's language; they are to follow the page's.
for (const [name, value] of [["language", HTML_LANG], ["languages", [HTML_LANG]]])
  Object.defineProperty(navigator, name, { get: () => value });
document.documentElement.lang = HTML_LANG;
document.cookie = `attache_language=${PAGE_LANGUAGE};path=/;max-age=31536000;samesite=lax`;

// Dark or light: as the system has it until the user says otherwise.
const system = window.matchMedia("(prefers-color-scheme: dark)");
const isDark = () =>
  (localStorage.getItem("attache_theme") ?? (system.matches ? "dark" : "light")) === "dark";
function paint() {
  document.documentElement.style.colorScheme = isDark() ? "dark" : "light";
  if (document.body && document.body.classList.contains("dark") !== isDark())
    document.body.classList.toggle("dark", isDark());
}
window.attacheTheme = () => {
  localStorage.setItem("attache_theme", isDark() ? "light" : "dark");
  paint();
};
document.addEventListener("DOMContentLoaded", () => {
  paint();
  // Gradio sets the class itself when it has started.
  new MutationObserver(paint).observe(document.body, {
    attributes: true,
    attributeFilter: ["class"],
  });
});
system.addEventListener("change", paint);
