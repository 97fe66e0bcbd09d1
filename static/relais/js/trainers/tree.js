// @ts-check
/** Open a branch where it stands: what a closed one holds is asked for when it is opened first. */

/** @param {HTMLDetailsElement} branch */
async function fill(branch) {
  const address = branch.dataset.branch ?? "";
  const place = branch.querySelector(":scope > p");
  delete branch.dataset.branch;
  place?.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`);
    const held = document.createElement("template");
    held.innerHTML = await answer.text();
    place?.replaceWith(held.content);
  } catch (error) {
    // The link that stands there still leads to the same branch.
    console.warn("a branch was not opened:", error);
    place?.removeAttribute("aria-busy");
    branch.dataset.branch = address;
  }
}

document.addEventListener(
  "toggle",
  (event) => {
    const branch = event.target;
    if (branch instanceof HTMLDetailsElement && branch.open && branch.dataset.branch) void fill(branch);
  },
  true,
);
