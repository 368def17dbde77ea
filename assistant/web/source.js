// Runs once in the source panel. A click on any citation asks the server for its source; when the
// source has come, the quote is brought into view.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.cite");
  if (!link) return;
  event.preventDefault();
  document.querySelectorAll("a.cite.open").forEach((other) => other.classList.remove("open"));
  link.classList.add("open");
  trigger("select", { ref: link.getAttribute("href").slice(1) });
});
watch("value", () => {
  const quote = element.querySelector("mark");
  if (!quote) return;
  const section = element.querySelector(".section");
  section.scrollTop = quote.offsetTop - section.offsetTop - section.clientHeight / 3;
  // On a narrow screen the panel stands below the chat: go there.
  if (window.matchMedia("(max-width: 800px)").matches) {
    quote.scrollIntoView({ behavior: "smooth", block: "center" });
  }
});
