// @ts-check
/** The signature inside a PDF, in exactly the form we write: the twin of certificates/verification/cms.py. */

import { isSame, joined, textOf, UnreadableError } from "./bytes.js";
import * as der from "./der.js";
import { isSigned, readPoint } from "./p256.js";

const SIGNED_DATA = hex("06092a864886f70d010702");
const DATA = hex("06092a864886f70d010701");
const MESSAGE_DIGEST = hex("06092a864886f70d010904");
const DIGESTS = [hex("300b0609608648016503040201"), hex("300d06096086480165030402010500")];
const ECDSA_SHA256 = hex("300a06082a8648ce3d040302");
const P256_KEY = hex("301306072a8648ce3d020106082a8648ce3d030107");
const VERSIONS = [hex("020101"), hex("020103")];
const POINT_BYTES = 65;

/**
 * Return what the signature of a PDF says; UnreadableError for anything but the form we write.
 * @param {Uint8Array} content
 * @param {import("./p256.js").Point} root
 */
export function readContainer(content, root) {
  const [kind, wrapped] = der.parts(der.first(content));
  const said = der.parts(der.only(wrapped, der.CONTEXT));
  require(isSame(kind.raw, SIGNED_DATA) && said.length === 5, "signed data");
  const [version, digests, encapsulated, certificates, signers] = said;
  const signer = der.parts(der.only(signers, der.SET));
  require(signer.length === 6, "only signature");
  const [signerVersion, owner, usedDigest, attributes, algorithm, signature] = signer;
  const inside = der.parts(encapsulated);
  require(isOneOf(version.raw, VERSIONS) && isSame(signerVersion.raw, VERSIONS[0]), "version");
  require(isOneOf(der.only(digests, der.SET).raw, DIGESTS) && isOneOf(usedDigest.raw, DIGESTS), "digest");
  require(inside.length === 1 && isSame(inside[0].raw, DATA) && isSame(algorithm.raw, ECDSA_SHA256), "algorithm");
  const chain = der.parts(certificates, der.CONTEXT);
  const mine = chain.find((each) => isSame(ownerOf(each), owner.content));
  if (!mine) throw new UnreadableError("the signer's certificate is not there");
  const stated = der.parts(attributes, der.CONTEXT);
  const signed = joined(Uint8Array.of(der.SET), attributes.raw.subarray(1));
  return {
    digest: digestIn(stated),
    isSigned: isEcdsa(keyOf(mine), der.expect(signature, der.OCTET_STRING), signed),
    isTrusted: chain.every((each) => isCertified(each, root)),
    organisation: organisationOf(mine),
  };
}

/** @param {boolean} isSo @param {string} what */
function require(isSo, what) {
  if (!isSo) throw new UnreadableError(`not the ${what} that we write`);
}

/** Issuer and number, as the signer names its certificate. @param {der.Node} certificate */
function ownerOf(certificate) {
  const said = fieldsOf(certificate);
  return joined(said[3].raw, said[1].raw);
}

/** @param {der.Node} certificate @returns {import("./p256.js").Point} */
function keyOf(certificate) {
  const [algorithm, point] = der.parts(fieldsOf(certificate)[6]);
  const content = der.expect(point, der.BIT_STRING);
  require(isSame(algorithm.raw, P256_KEY) && content.length === 1 + POINT_BYTES && content[0] === 0, "key");
  const key = readPoint(content.subarray(1));
  if (!key) throw new UnreadableError("no point of P-256");
  return key;
}

/** Tell whether the root signed a certificate: the signer's, or its own. @param {der.Node} certificate @param {import("./p256.js").Point} root */
function isCertified(certificate, root) {
  const [said, algorithm, signature, ...more] = der.parts(certificate);
  require(Boolean(signature) && !more.length, "certificate");
  const content = der.expect(signature, der.BIT_STRING);
  return isSame(algorithm.raw, ECDSA_SHA256) && content[0] === 0 && isEcdsa(root, content.subarray(1), said.raw);
}

/** The first name in the subject: who the certificate says it belongs to. @param {der.Node} certificate */
function organisationOf(certificate) {
  const name = der.only(der.parts(fieldsOf(certificate)[5])[0], der.SET);
  return textOf(der.parts(name)[1]?.content ?? new Uint8Array());
}

/** @param {der.Node} certificate */
function fieldsOf(certificate) {
  const said = der.parts(der.parts(certificate)[0]);
  if (said.length < 7) throw new UnreadableError("no certificate");
  return said;
}

/** @param {der.Node[]} attributes */
function digestIn(attributes) {
  for (const each of attributes) {
    const [name, values] = der.parts(each);
    if (isSame(name.raw, MESSAGE_DIGEST)) return der.expect(der.only(values, der.SET), der.OCTET_STRING);
  }
  throw new UnreadableError("no digest of the document");
}

/** @param {import("./p256.js").Point} key @param {Uint8Array} signature @param {Uint8Array} content */
function isEcdsa(key, signature, content) {
  const whole = der.first(signature);
  const numbers = der.parts(whole);
  require(whole.raw.length === signature.length && numbers.length === 2, "signature");
  return isSigned(key, joined(der.positive(numbers[0]), der.positive(numbers[1])), content);
}

/** @param {Uint8Array} bytes @param {Uint8Array[]} known */
function isOneOf(bytes, known) {
  return known.some((each) => isSame(bytes, each));
}

/** @param {string} digits */
function hex(digits) {
  return Uint8Array.from(digits.match(/../g) ?? [], (each) => parseInt(each, 16));
}
