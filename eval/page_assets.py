"""Style and script of the page and of the tab; they stand in it, so that it asks for nothing."""

PAGE_STYLE = """
:root { color-scheme: light; --paper: #fff; --surface: #fff; --sunk: #ececec; --ink: #1a1a1a; --soft: #4a4a4a;
  --line: #d9d9d9; --line-strong: #6a6a6a; --accent: #12355b; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1400px; padding: 1rem 1.2rem 3rem; color: var(--ink);
  background: var(--surface); font: 15px/1.6 system-ui, "Noto Sans CJK TC", "Noto Sans TC",
  "PingFang TC", "Microsoft JhengHei", sans-serif; }
h1 { font-size: 1.4rem; margin: .2rem 0; }
@media (max-width: 760px) { body { padding: .7rem .7rem 2rem; } }
@media print { .filters { display: none !important; } }
"""

STYLE = """
.evaluation h2 { font-size: 1.15rem; margin: 2rem 0 .6rem; }
.evaluation .en { color: var(--soft); font-weight: normal; font-size: .88em; }
.evaluation .basis { color: var(--soft); font-size: .88em; margin: 0; overflow-wrap: anywhere; }
.evaluation .scroll { overflow-x: auto; }
.evaluation table { border-collapse: collapse; width: 100%; }
.evaluation th, .evaluation td { text-align: left; vertical-align: top; padding: .35rem .6rem;
  border: 0; border-bottom: 1px solid var(--line); }
.evaluation thead th, .evaluation thead td { border-bottom: 2px solid var(--line-strong);
  font-size: .88em; }
.evaluation .figures td, .evaluation .figures thead th { text-align: right;
  font-variant-numeric: tabular-nums; white-space: nowrap; }
.evaluation .figures tbody th { width: 100%; }
.evaluation .charts { columns: 380px 3; column-gap: 1.2rem; }
/* Charts are drawn dark on light, and stay so on a dark page. */
.evaluation figure { margin: 0 0 1.2rem; break-inside: avoid; padding: .6rem;
  border: 1px solid var(--line); border-radius: 6px; background: #fff; color: #1a1a1a; }
.evaluation figcaption { font-weight: 600; font-size: .95em; color: #1a1a1a; }
.evaluation figcaption .en { display: block; color: #4a4a4a; }
.evaluation figure svg { width: 100%; height: auto; display: block; }
.evaluation .filters { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end;
  padding: .6rem 0; position: sticky; top: 0; background: var(--paper);
  border-bottom: 1px solid var(--line-strong); z-index: 1; }
.evaluation .filters label { font-size: .85em; display: grid; gap: .15rem; }
.evaluation .filters select, .evaluation .filters input { font: inherit; padding: .2rem .4rem;
  border: 1px solid var(--line-strong); border-radius: 4px; background: var(--surface);
  color: inherit; max-width: 14rem; appearance: auto; }
.evaluation .filters output { font-variant-numeric: tabular-nums; font-weight: 600; }
.evaluation .questions { table-layout: fixed; }
.evaluation .questions td { overflow-wrap: anywhere; }
.evaluation .questions td.number { text-align: right; font-variant-numeric: tabular-nums;
  white-space: nowrap; }
.evaluation .questions .id { overflow-wrap: anywhere; }
.evaluation .questions .kind { font-size: .85em; color: var(--soft); }
.evaluation .questions .open { font-size: .85em; color: var(--accent); white-space: nowrap; }
.evaluation .fault { display: inline-block; border: 1px solid var(--ink); border-radius: 3px;
  padding: 0 .35em; font-size: .82em; margin: 0 .2rem .2rem 0; background: var(--sunk);
  white-space: nowrap; }
.evaluation .good { font-size: .85em; color: var(--soft); white-space: nowrap; }
.evaluation summary { cursor: pointer; }
.evaluation details h3 { font-size: .9em; margin: .7em 0 .2em; }
.evaluation details ul { margin: 0; padding-left: 1.1rem; list-style: none; }
.evaluation details li { margin: .25em 0; }
.evaluation details li::before { content: attr(data-mark); display: inline-block; width: 1.1rem;
  margin-left: -1.1rem; font-weight: 700; }
.evaluation .place { display: block; color: var(--soft); font-size: .85em; }
.evaluation [hidden] { display: none !important; }
@media (max-width: 760px) {
  .evaluation .figures th, .evaluation .figures td { padding: .3rem .35rem; font-size: .85em; }
  .evaluation .figures tbody th .en { display: block; }
  .evaluation .filters { position: static; }
  .evaluation .questions { table-layout: auto; }
  .evaluation .questions thead, .evaluation .questions colgroup { display: none; }
  .evaluation .questions, .evaluation .questions tbody { display: block; }
  .evaluation .questions tr { display: grid; grid-template-columns: auto auto auto 1fr;
    gap: 0 .8rem; border-bottom: 2px solid var(--line-strong); padding: .5rem 0; }
  .evaluation .questions td { border: 0; padding: .1rem 0; }
  .evaluation .questions td.wide { grid-column: 1 / -1; }
  .evaluation .questions td.number { text-align: left; font-size: .85em; }
  .evaluation .questions td.number::before { content: attr(data-name) " "; color: var(--soft); }
}
"""

SCRIPT = """
function filterQuestions(root) {
  const form = root.querySelector("form.filters");
  if (!form) return;
  const rows = Array.from(root.querySelectorAll("tr.question"));
  const shown = form.querySelector("output");
  function passes(row, wanted) {
    const faults = row.dataset.faults ? row.dataset.faults.split("|") : [];
    return (!wanted.lang || row.dataset.lang === wanted.lang)
      && (!wanted.type || row.dataset.type === wanted.type)
      && (!wanted.split || row.dataset.split === wanted.split)
      && (!wanted.fault
        || (wanted.fault === "any" && faults.length > 0)
        || (wanted.fault === "none" && faults.length === 0)
        || faults.includes(wanted.fault))
      && (!wanted.text || row.textContent.toLowerCase().includes(wanted.text));
  }
  function filter() {
    const wanted = Object.fromEntries(new FormData(form));
    wanted.text = wanted.text.trim().toLowerCase();
    let count = 0;
    for (const row of rows) {
      row.hidden = !passes(row, wanted);
      count += row.hidden ? 0 : 1;
    }
    shown.textContent = count + " / " + rows.length;
  }
  form.addEventListener("input", filter);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  filter();
}
"""
