// Spreads what was pasted from a spreadsheet over the fields below and to the right; Enter and arrows move up and down.
"use strict";
(() => {
  const grid = document.getElementById("theory");
  if (!grid) return;
  document.getElementById("paste-help").hidden = false;
  const said = document.getElementById("paste-said");
  const rows = [...grid.tBodies[0].rows].map(row => [...row.querySelectorAll("input:not([type=hidden])")]);

  function place(field) {
    const row = rows.findIndex(fields => fields.includes(field));
    return [row, row < 0 ? -1 : rows[row].indexOf(field)];
  }

  grid.addEventListener("paste", event => {
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
    const [top, left] = place(event.target);
    if (top < 0 || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const left_over = [];
    text.split("\n").forEach((line, down) => line.split("\t").forEach((cell, right) => {
      const field = (rows[top + down] || [])[left + right];
      if (field) field.value = cell.trim();
      else if (cell.trim()) left_over.push(cell.trim());
    }));
    said.textContent = left_over.length ? grid.dataset.rest + " " + left_over.join(", ") : "";
  });

  grid.addEventListener("keydown", event => {
    const step = { ArrowDown: 1, Enter: 1, ArrowUp: -1 }[event.key];
    const [row, column] = place(event.target);
    if (!step || row < 0) return;
    event.preventDefault();
    const next = (rows[row + step] || [])[column];
    if (next) { next.focus(); next.select(); }
  });
})();
