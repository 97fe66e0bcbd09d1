// @ts-check
/**
 * The numbered rows of a question's form, as many as are needed: one empty row follows the last that is used.
 *
 * Without this module all rows stand there. Every language shows as many rows as the one with the most, so
 * that the same line stands at the same height in all of them.
 */

const FEWEST = 4;

class Rows {
  /** @param {HTMLElement} form */
  constructor(form) {
    /** The rows by place, in all languages. @type {Map<number, HTMLElement[]>} */
    this.rows = new Map();
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll(".q-column .w-field-row"))) {
      const place = Number(row.querySelector("input, textarea")?.getAttribute("name")?.match(/_(\d+)$/u)?.[1]);
      const holder = row.closest(".w-panel__wrapper");
      if (place && holder) this.rows.set(place, [...(this.rows.get(place) ?? []), /** @type {HTMLElement} */ (holder)]);
    }
    form.addEventListener("input", () => this.show());
    this.show();
  }

  show() {
    const used = [...this.rows].filter(([, rows]) => rows.some(isUsed)).map(([place]) => place);
    const last = Math.max(FEWEST, ...used.map((place) => place + 1));
    for (const [place, rows] of this.rows) for (const row of rows) row.hidden = place > last;
  }
}

/** Tell whether something is written in a row, or wrong with it. @param {HTMLElement} row */
function isUsed(row) {
  const fields = [...row.querySelectorAll("input, textarea")];
  return fields.some((field) => /** @type {HTMLInputElement} */ (field).value.trim()) || row.querySelector(".error-message, [aria-invalid=true]") !== null;
}

for (const form of document.querySelectorAll("form")) new Rows(form);
