/**
 * The bar of a run: asks how far it is, and does a slice of the work itself where nobody else does.
 *
 * The page works without this: its button does a slice and shows the page anew.
 */

const EVERY_MS = 1000;
const section = document.querySelector("[data-run][data-open]");

/** @typedef {{total: number, done: number, finished: boolean}} Progress */

/**
 * Ask for the numbers, or do a slice of the work and get them with it.
 * @param {HTMLElement} run
 * @param {boolean} works
 * @returns {Promise<Progress>}
 */
async function ask(run, works) {
  const form = run.querySelector("form");
  const headers = { Accept: "application/json" };
  const response = works && form
    ? await fetch(location.pathname, { method: "POST", headers, body: new FormData(form) })
    : await fetch(run.dataset.progress ?? "", { headers });
  if (!response.ok) {
    throw new Error(String(response.status));
  }
  return response.json();
}

/**
 * Show the numbers.
 * @param {HTMLElement} run
 * @param {Progress} progress
 */
function show(run, progress) {
  const bar = run.querySelector("progress");
  const told = run.querySelector("[data-told]");
  if (bar) {
    bar.value = progress.done;
  }
  if (told instanceof HTMLElement) {
    const words = told.dataset.words ?? "{done} / {total}";
    told.textContent = words.replace("{done}", String(progress.done)).replace("{total}", String(progress.total));
  }
}

/**
 * Go on until it is done; then the results are read by loading the page anew.
 * @param {HTMLElement} run
 * @param {number} before
 */
async function follow(run, before) {
  let done = before;
  try {
    let progress = await ask(run, false);
    if (!progress.finished && progress.done === before) {
      progress = await ask(run, true);
    }
    show(run, progress);
    if (progress.finished) {
      location.reload();
      return;
    }
    done = progress.done;
  } catch {
    // No network, or signed out: the work goes on without this page, and the next round asks again.
  }
  setTimeout(() => follow(run, done), EVERY_MS);
}

if (section instanceof HTMLElement) {
  follow(section, -1);
}
