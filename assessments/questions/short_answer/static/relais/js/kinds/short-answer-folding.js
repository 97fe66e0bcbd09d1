// @ts-check
/**
 * How two ways to write the same words become one text, and how a text is held against an accepted form.
 * The rules are told in assessments/questions/short_answer/folding.py and patterns.py; the tables are the same.
 *
 * @typedef {{case: boolean, accents: boolean}} Rules which of the two count
 */

import { SPACES } from "./typed.js";

/** Return a table for characters given as code points, and ranges of them, in hexadecimal. @param {string} points @param {string} becomes @returns {[number, string][]} */
function each(points, becomes = "") {
  return points.split(" ").flatMap((one) => {
    const [first, last] = one.split("-").map((point) => parseInt(point, 16));
    return Array.from({ length: (last ?? first) - first + 1 }, (_nothing, step) => /** @type {[number, string]} */ ([first + step, becomes]));
  });
}

const SELDOM_TYPED = new Map(
  each("AD 34F 591-5BD 5BF 5C1-5C2 5C4-5C5 5C7 610-61A 61C 640 64B-65F 670 6D6-6DC 6DF-6E4 6E7-6E8 6EA-6ED 8D3-8E1 8E3-8FF 180B-180E 200B-200F 202A-202E 2060-2064 2066-206F FE00-FE0F FEFF"),
);
const ACCENTS = new Map(each("300-34E 350-36F 483-487 1AB0-1AFF 1DC0-1DFF 20D0-20FF FE20-FE2F"));
// What NFKD does not take apart, in lower and in upper case.
const BARRED = new Map(
  Object.entries({ æ: "ae", Æ: "AE", œ: "oe", Œ: "OE", ø: "o", Ø: "O", ł: "l", Ł: "L", đ: "d", ð: "d", Đ: "D", Ð: "D", ħ: "h", Ħ: "H", ŧ: "t", Ŧ: "T", ı: "i" }).map(
    ([letter, plain]) => /** @type {[number, string]} */ ([letter.codePointAt(0), plain]),
  ),
);
const LETTERS = new Map([
  ...each("622 623 625 671-673 675", "\u0627"),
  ...each("649 6CC 6CE 6D0-6D2", "\u064a"),
  ...each("6A9 6AA", "\u0643"),
  ...each("629 6BE 6C0-6C3 6D5", "\u0647"),
  ...each("60C", ","),
  ...each("61B", ";"),
  ...each("61F", "?"),
  ...each("27 60 B4 2B9 2BB-2BD 2CA-2CB 2018-201B 2032 2035 55A 5F3", "'"),
  ...each("22 AB BB 2033 2036 201C-201F 2039-203A 5F4 300C-300F", '"'),
  ...each("2D 2010-2015 2212 2043 58A 5BE 30FB", "-"),
  ...[0x660, 0x6f0].flatMap((zero) => Array.from({ length: 10 }, (_nothing, value) => /** @type {[number, string]} */ ([zero + value, String(value)]))),
]);
const SPACE = new RegExp(`[${SPACES}]+`, "gu");
const EDGES = /^[ "']+|[ "'.,;:!?]+$/gu;
const TOKEN = /\\\*|\*|[^*\\]+|\\/gu;

/** Return a text in the form in which answers are compared. @param {string} text @param {Rules} rules */
export function fold(text, rules) {
  let letters = put([...text.normalize("NFKD")], SELDOM_TYPED);
  if (!rules.accents) letters = put(put(letters, ACCENTS), BARRED);
  // One letter at a time: the lower case of a sigma depends on its neighbours otherwise.
  if (!rules.case) letters = [...letters.map((letter) => letter.toLowerCase().toUpperCase().toLowerCase()).join("")];
  return put(letters, LETTERS).join("").normalize("NFC").replace(SPACE, " ").replace(EDGES, "");
}

/** @param {string[]} letters @param {Map<number, string>} table @returns {string[]} */
function put(letters, table) {
  return letters.flatMap((letter) => [...(table.get(/** @type {number} */ (letter.codePointAt(0))) ?? letter)]);
}

/** Return the folded texts between the stars of a pattern: one where it has no star. @param {string} pattern @param {Rules} rules */
export function piecesOf(pattern, rules) {
  const pieces = [""];
  for (const token of fold(pattern, rules).match(TOKEN) ?? []) {
    if (token === "*") pieces.push("");
    else pieces[pieces.length - 1] += token === "\\*" ? "*" : token;
  }
  return pieces;
}

/** Tell whether a folded answer has the pieces in their order, the first at its start, the last at its end. @param {string} folded @param {string[]} pieces */
export function isMatch(folded, pieces) {
  if (pieces.length === 1) return folded === pieces[0];
  const first = pieces[0];
  const last = pieces[pieces.length - 1];
  if (folded.length < first.length + last.length || !folded.startsWith(first) || !folded.endsWith(last)) return false;
  const end = folded.length - last.length;
  let place = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = folded.slice(0, end).indexOf(piece, place);
    if (found < 0) return false;
    place = found + piece.length;
  }
  return true;
}
