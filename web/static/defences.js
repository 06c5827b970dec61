// Marks defences from the keyboard, without leaving the page. Without this script each row's form does the same.
"use strict";
(() => {
  const table = document.getElementById("defences");
  if (!table) return;
  document.getElementById("defence-keys").hidden = false;
  const rows = [...table.tBodies[0].rows];
  let current = -1;

  function choose(number) {
    if (number < 0 || number >= rows.length) return;
    if (rows[current]) rows[current].classList.remove("chosen");
    current = number;
    rows[current].classList.add("chosen");
    rows[current].focus();
  }

  function parts(row) {
    return { mark: row.querySelector(".mark"), undo: row.querySelector(".undo"), error: row.querySelector(".error") };
  }

  async function send(row, form) {
    if (row.dataset.busy) return;
    row.dataset.busy = "yes";
    const { mark, undo, error } = parts(row);
    error.textContent = "";
    try {
      const answer = await fetch(form.action, {
        method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(new FormData(form)),
      });
      const news = await answer.json();
      if (news.good) { mark.hidden = form === mark; undo.hidden = form === undo; }
      else error.textContent = news.said;
    } catch (failure) { error.textContent = table.dataset.failed; }
    delete row.dataset.busy;
  }

  const withoutShare = form => { form.elements.share.value = "1"; return form; };

  table.addEventListener("submit", event => {
    event.preventDefault();
    const row = event.target.closest("tr");
    send(row, event.target);
    choose(rows.indexOf(row));
  });
  table.addEventListener("focusin", event => {
    const row = event.target.closest("tbody tr");
    if (!row || rows.indexOf(row) === current) return;
    if (rows[current]) rows[current].classList.remove("chosen");
    current = rows.indexOf(row);
    row.classList.add("chosen");
  });

  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.matches("input, select, textarea")) {
      if (event.key === "Escape") choose(current);
      return;
    }
    const row = rows[current];
    if (event.key === "j" || event.key === "ArrowDown") choose(current + 1);
    else if (event.key === "k" || event.key === "ArrowUp") choose(current < 0 ? 0 : current - 1);
    else if (event.key === "d" && row && !parts(row).mark.hidden) send(row, withoutShare(parts(row).mark));
    else if (event.key === "u" && row && !parts(row).undo.hidden) send(row, parts(row).undo);
    else if (event.key === "s" && row && !parts(row).mark.hidden) parts(row).mark.elements.share.select();
    else return;
    event.preventDefault();
  });
})();
