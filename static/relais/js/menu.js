/** Closes an open language menu on Escape or on a press outside it; the menu itself works without a script. */

const menus = document.querySelectorAll("details.lang");

/** @param {(menu: HTMLDetailsElement) => boolean} chosen */
function close(chosen) {
  for (const menu of menus) {
    if (menu instanceof HTMLDetailsElement && menu.open && chosen(menu)) menu.open = false;
  }
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  close((menu) => {
    if (menu.contains(document.activeElement)) menu.querySelector("summary")?.focus();
    return true;
  });
});

document.addEventListener("pointerdown", (event) => {
  close((menu) => !(event.target instanceof Node && menu.contains(event.target)));
});

document.addEventListener("focusin", (event) => {
  close((menu) => !(event.target instanceof Node && menu.contains(event.target)));
});
