"use strict";

/* Reads overview.json every two seconds and writes its figures into the page. */
(() => {
  const EVERY_MS = 2000;
  const RATE_OVER = 8; // looks
  const LANGUAGE = navigator.language;
  const whole = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 0 });
  const tenths = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 1 });
  const state = document.getElementById("state");
  const seen = []; // oldest first

  const figure = (overview, path) => path.split(".").reduce((part, name) => part?.[name], overview);

  /* Cells are made as nodes with text: nothing read from the server is taken as markup. */
  function rows(id, cells, ifNone) {
    const body = document.getElementById(id);
    const columns = body.parentElement.tHead.rows[0].cells;
    const made = cells.map((texts) => {
      const row = document.createElement("tr");
      texts.forEach((text, column) => {
        const cell = row.insertCell();
        cell.textContent = text;
        cell.className = columns[column].className;
      });
      return row;
    });
    if (made.length === 0) {
      const row = document.createElement("tr");
      const cell = row.insertCell();
      cell.colSpan = columns.length;
      cell.className = "empty";
      cell.textContent = ifNone;
      made.push(row);
    }
    body.replaceChildren(...made);
  }

  /* Rows come in commits: the rate is that of the last seconds, not of the last look. */
  function perSecond(overview, rowsIn) {
    const before = seen[0];
    const seconds = before ? (Date.parse(overview.at) - Date.parse(before.at)) / 1000 : 0;
    const rows = before ? rowsIn(overview) - rowsIn(before) : 0;
    return seconds > 0 && Number.isFinite(rows) ? tenths.format(Math.max(0, rows) / seconds) : "–";
  }

  const ofPipeline = (name) => (overview) =>
    overview.pipelines.find((each) => each.name === name)?.rowsIn;

  function show(overview) {
    document.querySelectorAll("[data-figure]").forEach((element) => {
      const value = figure(overview, element.dataset.figure);
      element.textContent = value === undefined ? "–" : whole.format(value);
    });
    document.querySelectorAll("[data-step]").forEach((element) => {
      const count = overview.atStep[element.dataset.step] ?? 0;
      element.querySelector("b").textContent = whole.format(count);
      element.classList.toggle("busy", count > 0);
    });
    rows("processes",
      overview.processes.map((p) => [p.name ?? p.key, p.version, whole.format(p.running)]),
      "no process is deployed");
    rows("pipelines",
      overview.pipelines.map((p) =>
        [p.name, p.state.toLowerCase(),
          ...[p.rowsIn, p.rowsOut, p.late, p.dead].map(whole.format),
          perSecond(overview, ofPipeline(p.name))]),
      "no pipeline runs: no orders arrive by themselves");
    document.getElementById("rate").textContent = perSecond(overview, (each) => each.rows.in);
    seen.push(overview);
    if (seen.length > RATE_OVER) {
      seen.shift();
    }
  }

  function say(text, style) {
    if (state.textContent !== text) {
      state.textContent = text;
    }
    state.className = style;
  }

  async function refresh() {
    try {
      const answer = await fetch("overview.json", { signal: AbortSignal.timeout(10000) });
      if (!answer.ok) {
        throw new Error(`the application answered ${answer.status}`);
      }
      show(await answer.json());
      say("live", "live");
    } catch (failure) {
      console.warn(failure);
      say("Engine not reachable – trying again", "lost");
    } finally {
      setTimeout(refresh, EVERY_MS);
    }
  }

  refresh();
})();
