"""Style and script of the page; they stand in it, so that it asks for nothing."""

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1400px; padding: 1rem 1.2rem 3rem; color: #1a1a1a;
  background: #fff; font: 15px/1.6 system-ui, "Noto Sans CJK TC", "Noto Sans TC",
  "PingFang TC", "Microsoft JhengHei", sans-serif; }
h1 { font-size: 1.4rem; margin: .2rem 0; }
h2 { font-size: 1.15rem; margin: 2rem 0 .6rem; }
.en { color: #555; font-weight: normal; font-size: .88em; }
.basis { color: #444; font-size: .88em; margin: 0; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem;
  border-bottom: 1px solid #d9d9d9; }
thead th { border-bottom: 2px solid #444; font-size: .88em; }
.figures td, .figures thead th:not(:first-child) { text-align: right;
  font-variant-numeric: tabular-nums; white-space: nowrap; }
.figures th .en { display: block; }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 400px), 1fr));
  gap: 1.2rem; align-items: start; }
figure { margin: 0; border: 1px solid #d9d9d9; border-radius: 6px; padding: .6rem; }
figcaption { font-weight: 600; font-size: .95em; }
figcaption .en { display: block; }
figure svg { width: 100%; height: auto; display: block; }
.filters { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end; padding: .6rem 0;
  position: sticky; top: 0; background: #fff; border-bottom: 1px solid #444; z-index: 1; }
.filters label { font-size: .85em; display: grid; gap: .15rem; }
.filters select, .filters input { font: inherit; padding: .2rem .4rem; border: 1px solid #777;
  border-radius: 4px; background: #fff; color: inherit; max-width: 14rem; }
.filters output { font-variant-numeric: tabular-nums; font-weight: 600; }
.questions td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.questions td { overflow-wrap: anywhere; }
.questions .id { white-space: nowrap; }
.questions .kind { font-size: .85em; color: #444; }
.questions { table-layout: fixed; }
.fault { display: inline-block; border: 1px solid #1a1a1a; border-radius: 3px; padding: 0 .35em;
  font-size: .82em; margin: 0 .2rem .2rem 0; background: #ececec; white-space: nowrap; }
.good { font-size: .85em; color: #444; white-space: nowrap; }
summary { cursor: pointer; }
details h3 { font-size: .9em; margin: .7em 0 .2em; }
details ul { margin: 0; padding-left: 1.1rem; list-style: none; }
details li { margin: .25em 0; }
details li::before { content: attr(data-mark); display: inline-block; width: 1.1rem;
  margin-left: -1.1rem; font-weight: 700; }
.place { display: block; color: #555; font-size: .85em; }
[hidden] { display: none !important; }
@media (max-width: 760px) {
  body { padding: .7rem .7rem 2rem; }
  .figures th, .figures td { padding: .3rem .35rem; font-size: .85em; }
  .filters { position: static; }
  .questions { table-layout: auto; }
  .questions thead, .questions colgroup { display: none; }
  .questions, .questions tbody { display: block; }
  .questions tr { display: grid; grid-template-columns: auto auto auto 1fr; gap: 0 .8rem;
    border-bottom: 2px solid #999; padding: .5rem 0; }
  .questions td { border: 0; padding: .1rem 0; }
  .questions td.wide { grid-column: 1 / -1; }
  .questions td.number { text-align: left; font-size: .85em; }
  .questions td.number::before { content: attr(data-name) " "; color: #555; }
}
@media print { .filters { display: none; } }
"""

SCRIPT = """
(function () {
  "use strict";
  const form = document.getElementById("filters");
  const rows = Array.from(document.querySelectorAll("tr.question"));
  const shown = document.getElementById("shown");
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
})();
"""
