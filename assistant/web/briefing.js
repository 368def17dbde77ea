// Runs once in the draft of a briefing. Buttons and edited texts are told to the server, which
// answers with the draft anew.
const place = (at) => {
  const holder = at.closest("[data-at]");
  const row = at.closest("[data-row]");
  const cell = at.closest("[data-cell]");
  return {
    at: Number(holder.dataset.at),
    row: row ? Number(row.dataset.row) : null,
    cell: cell ? Number(cell.dataset.cell) : 0,
  };
};
element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-act]");
  if (button) trigger("select", { act: button.dataset.act, ...place(button) });
});
element.addEventListener("focusin", (event) => {
  const text = event.target.closest("[contenteditable]");
  if (text) text.dataset.before = text.innerText;
});
element.addEventListener("focusout", (event) => {
  const text = event.target.closest("[contenteditable]");
  if (!text || text.innerText === text.dataset.before) return;
  trigger("select", { act: "reword", text: text.innerText, ...place(text) });
});
