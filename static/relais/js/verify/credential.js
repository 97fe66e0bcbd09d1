// @ts-check
/**
 * Check an Open Badges credential: the twin of certificates/verification/credential.py.
 *
 * A browser checks the proof over the canonical text, which covers every byte that means something. The other
 * proof, over linked data, needs a library of linked data: the server and manage.py verify_award check it.
 */

import { fromBase64, isSame, joined, textOf, toBase64Url, UnreadableError, utf8 } from "./bytes.js";
import { dayOfText } from "./days.js";
import { covers, CREDENTIALS, readDelegation } from "./delegation.js";
import { isSignedEd25519 } from "./ed25519.js";
import { judgedDates, notGenuine } from "./judging.js";
import { sha256 } from "./sha2.js";
import { standingIn } from "./status.js";

const JCS = "eddsa-jcs-2022";
const DELEGATION = "ext:relais-delegation-v1";
const DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const MULTIKEY = Uint8Array.of(0xed, 0x01);

/**
 * @typedef {object} Credential
 * @property {any} document
 * @property {string} serial
 * @property {string[]} names
 * @property {string} title
 * @property {string} issuer
 * @property {string} language
 * @property {number} issuedOn
 * @property {number | null} validUntil
 * @property {{ number: number, index: number } | null} place
 */

/** Return what a JSON file says; UnreadableError where it is no credential of an achievement. @param {Uint8Array} content @returns {Credential} */
export function readCredential(content) {
  try {
    const document = JSON.parse(textOf(content));
    const subject = document.credentialSubject;
    const until = document.validUntil;
    return {
      document,
      serial: text(subject.licenseNumber ?? ""),
      names: Array.from(subject.identifier ?? [], (each) => text(each.identityHash)),
      title: text(subject.achievement.name),
      issuer: text(document.issuer.name),
      language: text(subject.achievement.inLanguage ?? "en"),
      issuedOn: day(document.validFrom),
      validUntil: until === undefined || until === null ? null : day(until),
      place: placeIn(document.credentialStatus),
    };
  } catch (error) {
    throw new UnreadableError(String(error));
  }
}

/**
 * Return what can be said of a credential.
 * @param {Credential} said
 * @param {import("./summaries.js").Trust} trust
 * @param {import("./status.js").StatusLists | null} status
 * @param {number} today
 * @returns {import("./judging.js").Verdict}
 */
export function checkCredential(said, trust, status, today) {
  const { signature, issuer } = originOf(said, trust);
  if (signature !== "genuine") return notGenuine(signature, issuer);
  const { issuedOn, validUntil, place } = said;
  if (issuer !== "trusted") {
    const dates = judgedDates(today, null, issuedOn, validUntil);
    return { signature, issuer, standing: "unknown", dates, listedOn: null };
  }
  const listedOn = status?.listedOn ?? null;
  const standing = status && place ? standingIn(status, place.number, place.index, today) : "unknown";
  return { signature, issuer, standing, dates: judgedDates(today, listedOn, issuedOn, validUntil), listedOn };
}

/** Tell who made it. @param {Credential} said @param {import("./summaries.js").Trust} trust */
function originOf(said, trust) {
  try {
    const { document } = said;
    const proofs = proofsOf(document).filter((each) => each?.cryptosuite === JCS);
    if (proofs.length !== 1) return { signature: "missing", issuer: "unknown" };
    const did = text(document.issuer.id);
    const key = keyOf(did);
    const isSigned = isProved(document, proofs[0], did, key);
    const delegation = delegationOf(document.issuer, key, trust.root);
    if (!delegation) {
      const isForeign = isSigned && said.issuer !== trust.issuer;
      return isForeign ? { signature: "genuine", issuer: "foreign" } : { signature: "forged", issuer: "unknown" };
    }
    if (!isSigned) return { signature: "edited", issuer: "unknown" };
    const country = /^RLS-([A-Z]{2})-/.exec(said.serial)?.[1];
    const isCovered = country && covers(delegation, said.issuedOn, country);
    return { signature: "genuine", issuer: isCovered ? "trusted" : "wrongly-delegated" };
  } catch {
    return { signature: "forged", issuer: "unknown" };
  }
}

/** @param {any} document @returns {any[]} */
function proofsOf(document) {
  const found = document.proof ?? [];
  return Array.isArray(found) ? found : [found];
}

/** @param {any} document @param {any} proof @param {string} did @param {Uint8Array} key */
function isProved(document, proof, did, key) {
  const { proofValue, ...options } = proof;
  const { proof: _proofs, ...rest } = document;
  if (proof.type !== "DataIntegrityProof") throw new UnreadableError("no proof of this kind");
  const isOurs =
    proof.proofPurpose === "assertionMethod" &&
    proof.verificationMethod === `${did}#${did.slice("did:key:".length)}` &&
    canonical(proof["@context"] ?? document["@context"]) === canonical(document["@context"]);
  const signed = joined(sha256(utf8(canonical(options))), sha256(utf8(canonical(rest))));
  return isOurs && isSignedEd25519(key, fromBase58(text(proofValue)), signed);
}

/** What our root says of this key, if it does. @param {any} issuer @param {Uint8Array} key @param {import("./p256.js").Point} root */
function delegationOf(issuer, key, root) {
  const entry = (issuer.otherIdentifier ?? []).find((each) => each.identifierType === DELEGATION);
  if (!entry) return null;
  try {
    const bytes = fromBase64(text(entry.identifier));
    if (toBase64Url(bytes) !== entry.identifier) return null;
    const found = readDelegation(bytes, root);
    return found.isTrusted && found.purpose === CREDENTIALS && isSame(found.key.subarray(1), key) ? found : null;
  } catch {
    return null;
  }
}

/** @param {any} status */
function placeIn(status) {
  if (!status || typeof status !== "object") return null;
  const number = /\/(\d{1,5})\.json$/.exec(text(status.statusListCredential))?.[1];
  const index = text(status.statusListIndex);
  return number && /^\d{1,10}$/.test(index) ? { number: Number(number), index: Number(index) } : null;
}

/** The 32 bytes of the key that a did:key is. @param {string} did */
function keyOf(did) {
  const bytes = did.startsWith("did:key:") ? fromBase58(did.slice("did:key:".length)) : new Uint8Array();
  if (bytes.length !== 34 || !isSame(bytes.subarray(0, 2), MULTIKEY)) throw new UnreadableError("no Ed25519 key");
  return bytes.subarray(2);
}

/** @param {string} multibase @returns {Uint8Array} */
function fromBase58(multibase) {
  if (multibase[0] !== "z") throw new UnreadableError("no base58");
  const digits = Array.from(multibase.slice(1), (character) => DIGITS.indexOf(character));
  if (digits.includes(-1) || digits.length > 200) throw new UnreadableError("no base58");
  const number = digits.reduce((sum, digit) => sum * 58n + BigInt(digit), 0n);
  const hex = number ? number.toString(16) : "";
  const bytes = (hex.padStart(hex.length + (hex.length % 2), "0").match(/../g) ?? []).map((each) => parseInt(each, 16));
  const zeros = digits.findIndex((digit) => digit !== 0);
  return Uint8Array.from([...new Array(zeros < 0 ? digits.length : zeros).fill(0), ...bytes]);
}

/** The canonical text of a value (RFC 8785). @param {any} value @returns {string} */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${members.join(",")}}`;
}

/** @param {unknown} value @returns {string} */
function text(value) {
  if (typeof value !== "string") throw new UnreadableError("no text");
  return value;
}

/** @param {unknown} moment */
function day(moment) {
  const found = dayOfText(text(moment));
  if (Number.isNaN(found)) throw new UnreadableError("no date");
  return found;
}
