// Shows tests as they finish: by server-sent events, and by polling where those do not get through.
"use strict";
(() => {
  const box = document.getElementById("live");
  if (!box) return;
  const rows = document.getElementById("live-tests");
  const bar = document.getElementById("live-progress");
  const stateTag = document.getElementById("live-state");
  let seen = 0, finished = 0, over = false;

  // Also where grading begins again, after a fault of ours.
  function begin(count) {
    rows.replaceChildren();
    finished = 0;
    bar.max = count;
    bar.value = 0;
  }

  function showTest(test) {
    if (test.number <= seen) return;
    seen = test.number;
    if (test.count) { begin(test.count); return; }
    if (!test.title) return;
    finished += 1;
    if (bar.max) bar.value = finished;
    const row = rows.insertRow();
    row.insertCell().textContent = test.title;
    const tag = document.createElement("span");
    tag.className = "tag " + (test.verdict === "passed" ? "passed" : "failed");
    tag.textContent = test.word;
    row.insertCell().append(tag);
    const points = row.insertCell();
    points.className = "number";
    points.textContent = test.points;
  }

  function showState(state) {
    if (state === "running") stateTag.textContent = box.dataset.running;
    if (state === "queued") stateTag.textContent = box.dataset.waiting;
    if ((state === "graded" || state === "broken") && !over) { over = true; location.reload(); }
  }

  async function poll() {
    while (!over) {
      let again = 5;
      try {
        const answer = await fetch(box.dataset.poll + "?after=" + seen);
        const news = await answer.json();
        news.tests.forEach(showTest);
        showState(news.state);
        again = news.again;
      } catch (error) { /* the next round tries again */ }
      await new Promise(resolve => setTimeout(resolve, again * 1000));
    }
  }

  // A browser gives up a stream that is refused, and tries again one that breaks off.
  let failures = 0, polling = false;
  const stream = new EventSource(box.dataset.events);
  stream.addEventListener("test", event => showTest(JSON.parse(event.data)));
  stream.addEventListener("state", event => { failures = 0; showState(JSON.parse(event.data).state); });
  stream.onerror = () => {
    failures += 1;
    if (over || polling || (failures <= 2 && stream.readyState !== EventSource.CLOSED)) return;
    polling = true;
    stream.close();
    poll();
  };
})();
