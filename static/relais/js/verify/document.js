// @ts-check
/** A certificate as a PDF: the twin of certificates/verification/document.py, where the reasons stand. */

import { isSame, joined } from "./bytes.js";
import { readContainer } from "./cms.js";
import * as der from "./der.js";
import { sha256 } from "./sha2.js";
import { unpacked } from "./unpacking.js";

export const MOST_BYTES = 8 * 2 ** 20;
const LONGEST_CREDENTIAL = 2 ** 20;
const MOST_ATTACHED = 4;
const LONGEST_DICTIONARY = 2000;
const RANGE = /\/ByteRange ?\[ ?(\d{1,10}) (\d{1,10}) (\d{1,10}) (\d{1,10}) *\]/g;
const ATTACHED = /\/EmbeddedFile(?![A-Za-z])/g;
const STREAM = /^obj[^]*?\/Length (\d{1,7})\b[^]*?stream\r?\n/;
const HEXADECIMAL = /^<(?:[0-9A-F]{2})+>$/;
const ORGANISATION_CHARACTERS = 64;

/** @typedef {{ signature: string, issuer: string, attached: Uint8Array[] }} Document */

/** Tell whether bytes begin as a PDF does. @param {Uint8Array} content */
export function isDocument(content) {
  return latin1(content.subarray(0, 5)) === "%PDF-";
}

/**
 * @param {Uint8Array} content
 * @param {import("./summaries.js").Trust} trust
 * @returns {Promise<Document>}
 */
export async function readDocument(content, trust) {
  const text = latin1(content);
  const ranges = Array.from(text.matchAll(RANGE), (found) => found.slice(1).map(Number));
  if (!ranges.length) return without("missing");
  const [start, gap, after, length] = ranges[ranges.length - 1];
  const written = text.slice(gap, Math.max(after, gap));
  const isWhole = ranges.length === 1 && start === 0 && gap < after && after + length === content.length;
  if (!isWhole || !HEXADECIMAL.test(written)) return without("edited");
  const container = containerIn(written, trust.root);
  if (!container) return without("forged");
  const isKept = isSame(sha256(joined(content.subarray(0, gap), content.subarray(after))), container.digest);
  if (container.isTrusted) {
    if (!isKept || !container.isSigned) return without("edited");
    return { signature: "genuine", issuer: "trusted", attached: await attachedIn(content, text) };
  }
  if (isKept && container.isSigned && container.organisation !== Array.from(trust.issuer).slice(0, ORGANISATION_CHARACTERS).join("")) {
    return { signature: "genuine", issuer: "foreign", attached: await attachedIn(content, text) };
  }
  return without("forged");
}

/** @param {string} signature @returns {Document} */
function without(signature) {
  return { signature, issuer: "unknown", attached: [] };
}

/** @param {string} written @param {import("./p256.js").Point} root */
function containerIn(written, root) {
  const bytes = Uint8Array.from(written.slice(1, -1).match(/../g) ?? [], (each) => parseInt(each, 16));
  try {
    const container = der.first(bytes).raw;
    return bytes.subarray(container.length).some((byte) => byte) ? null : readContainer(container, root);
  } catch {
    return null;
  }
}

/** What is attached, unpacked; a stream in another form than ours is left out. @param {Uint8Array} content @param {string} text */
async function attachedIn(content, text) {
  const found = [];
  for (const word of Array.from(text.matchAll(ATTACHED)).slice(0, MOST_ATTACHED)) {
    const place = streamAt(text, word.index);
    const whole = place && (await unpacked(content.subarray(place.start, place.stop), "deflate", LONGEST_CREDENTIAL));
    if (whole) found.push(whole);
  }
  return found;
}

/** Where the stream stands whose dictionary has the word at `index`. @param {string} text @param {number} index */
function streamAt(text, index) {
  const opening = text.lastIndexOf("obj", index);
  const found = STREAM.exec(text.slice(opening, index + LONGEST_DICTIONARY));
  if (!found) return null;
  const start = opening + found[0].length;
  return { start, stop: start + Number(found[1]) };
}

/** Bytes as text, a character each. @param {Uint8Array} content */
function latin1(content) {
  return new TextDecoder("windows-1252").decode(content);
}
