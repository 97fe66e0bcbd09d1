/**
 * Verify credentials with Digital Bazaar's libraries, under a loader that knows what it is given and refuses the rest.
 *
 * Reads from standard input {"documents": {address: document}, "cases": [{"credential", "suite", "now"}]},
 * writes a list of {"verified", "proved", "statusVerified", "withdrawn", "error", "asked"}: what the library said of
 * each, and what it asked the loader for beyond the documents. `verified` is true of a withdrawn one too, and so is
 * `statusResult.verified`: whether the bit is set stands in `statusResult.results`.
 */
import { createHash } from "node:crypto";
import dns from "node:dns";
import net from "node:net";
import { text } from "node:stream/consumers";

import { contexts } from "@digitalbazaar/credentials-context";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import * as DidKey from "@digitalbazaar/did-method-key";
import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import { cryptosuite as rdfc } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";
import { checkStatus } from "@digitalbazaar/vc-bitstring-status-list";
import canonicalize from "canonicalize";

const refuse = () => {
  throw new Error("no network here");
};
globalThis.fetch = refuse;
net.Socket.prototype.connect = refuse;
dns.lookup = refuse;

const sha256 = (value) => createHash("sha256").update(value).digest();

/** The second suite, which they have no package for: their framework and keys, the text canonical as RFC 8785 says. */
const jcs = {
  name: "eddsa-jcs-2022",
  requiredAlgorithm: "Ed25519",
  canonize: refuse,
  createVerifier: async ({ verificationMethod }) => (await Ed25519Multikey.from(verificationMethod)).verifier(),
  createVerifyData: async ({ document, proof }) => {
    const options = { ...proof };
    delete options.proofValue;
    return new Uint8Array(Buffer.concat([sha256(canonicalize(options)), sha256(canonicalize(document))]));
  },
};
const SUITES = { [rdfc.name]: rdfc, [jcs.name]: jcs };

const didKeys = DidKey.driver();
didKeys.use({ multibaseMultikeyHeader: "z6Mk", fromMultibase: Ed25519Multikey.from });

const { documents, cases } = JSON.parse(await text(process.stdin));

function loaderFor(asked) {
  return async (url) => {
    if (contexts.has(url)) return { contextUrl: null, documentUrl: url, document: contexts.get(url) };
    if (url in documents) return { contextUrl: null, documentUrl: url, document: documents[url] };
    if (url.startsWith("did:key:")) {
      return { contextUrl: null, documentUrl: url, document: await didKeys.get({ did: url }) };
    }
    asked.push(url);
    throw new Error(`refused: ${url}`);
  };
}

/** One suite at a time: the library takes a document as verified when one proof of its set is. */
function onlyProof(credential, suite) {
  const proofs = [credential.proof].flat().filter((proof) => proof.cryptosuite === suite);
  return { ...credential, proof: proofs };
}

async function judge({ credential, suite: name, now }) {
  const asked = [];
  const suite = new DataIntegrityProof({ cryptosuite: SUITES[name] });
  // A list of bits carries both proofs too, and is checked by the suite that has a package.
  const listSuite = new DataIntegrityProof({ cryptosuite: rdfc });
  const result = await vc.verifyCredential({
    credential: onlyProof(credential, name),
    suite,
    now: now ?? new Date(),
    documentLoader: loaderFor(asked),
    checkStatus: (options) => checkStatus({ ...options, suite: [listSuite], verifyBitstringStatusListCredential: true }),
  });
  return {
    verified: result.verified,
    proved: result.results?.length > 0 && result.results.every((each) => each.verified),
    statusVerified: result.statusResult?.verified ?? null,
    withdrawn: result.statusResult?.results?.some((each) => each.status) ?? null,
    error: describe(result.error ?? result.statusResult?.error),
    asked,
  };
}

function describe(error) {
  if (!error) return null;
  return [error.message, ...(error.errors ?? []).map((each) => describe(each)), error.cause && describe(error.cause)]
    .filter(Boolean)
    .join("; ");
}

const answers = [];
for (const each of cases) answers.push(await judge(each));
process.stdout.write(JSON.stringify(answers));
