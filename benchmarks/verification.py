"""How long one check takes: a code, a credential, a PDF, on the server and in a browser's own arithmetic."""

import json
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import Figure
from scripts.places import ROOT

_ROUNDS = 30
# Nobody at a border waits longer than a blink; the browser's budget is for a phone a tenth as fast as this machine.
_SERVER_MS, _BROWSER_MS = 100, 100
_IN_NODE = """
import { readFileSync } from "node:fs";
const [folder, modules, rounds] = process.argv.slice(2);
const { checkGiven } = await import(`${modules}/given.js`);
const { reasonOf } = await import(`${modules}/judging.js`);
const { readStatus } = await import(`${modules}/status.js`);
const { rootOf } = await import(`${modules}/desk.js`);
const { dayOf } = await import(`${modules}/days.js`);
const known = JSON.parse(readFileSync(`${folder}/known.json`, "utf-8"));
const root = rootOf(known.root);
const status = await readStatus(known.signed, root);
const told = { trust: { root, issuer: known.issuer }, status, today: dayOf(Date.now()) };
const took = {};
for (const kind of ["link", "badge", "pdf"]) {
  const content = new Uint8Array(readFileSync(`${folder}/${kind}`));
  const times = [];
  for (let round = 0; round < Number(rounds); round += 1) {
    const started = performance.now();
    const { verdict } = await checkGiven(content, told);
    times.push(performance.now() - started);
    if (reasonOf(verdict) !== "valid") throw new Error(`${kind}: ${reasonOf(verdict)}`);
  }
  took[kind] = times.sort((one, other) => one - other)[times.length >> 1];
}
console.log(JSON.stringify(took));
"""


def verification_figures() -> Iterator[Figure]:
    """Check one certificate of the demo in each of its forms; each must be found valid every time."""
    from certificates.credentials.issuing import credential_json  # noqa: PLC0415  # after the settings
    from certificates.credentials.status import signed_status  # noqa: PLC0415  # the same
    from certificates.models import Award  # noqa: PLC0415  # the same
    from certificates.printing import print_award  # noqa: PLC0415  # the same
    from certificates.verification.here import trust_here  # noqa: PLC0415  # the same
    from certificates.verification.link import verify_link  # noqa: PLC0415  # the same

    award = Award.objects.in_force().order_by("-issued_at", "serial")[0]
    papers = {"link": verify_link(award).encode(), "badge": credential_json(award), "pdf": print_award(award)}
    trust = trust_here()
    assert trust is not None
    known = {"root": trust.root_spki, "issuer": trust.issuer, "signed": signed_status()}
    for kind, content in papers.items():
        yield Figure(f"verify-{kind}", _median_ms(_checking(content)), "ms", limit=_SERVER_MS)
    for kind, took in _in_node(papers, known).items():
        yield Figure(f"verify-{kind}-javascript", took, "ms", limit=_BROWSER_MS)


def _checking(content: bytes) -> Callable[[], None]:
    from certificates.verification.here import check_here  # noqa: PLC0415  # after the settings

    def check() -> None:
        verdict = check_here(content).verdict
        assert verdict is not None
        assert verdict.is_valid, verdict

    return check


def _median_ms(work: Callable[[], None]) -> float:
    times = []
    for _round in range(_ROUNDS):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return sorted(times)[_ROUNDS // 2]


def _in_node(papers: dict[str, bytes], known: Mapping[str, object]) -> dict[str, float]:
    """Return how long the modules of the page take, where a Node is at hand: it has a browser's engine."""
    node = shutil.which("node")
    if node is None:
        return {}
    with TemporaryDirectory() as folder:
        for kind, content in papers.items():
            Path(folder, kind).write_bytes(content)
        Path(folder, "known.json").write_text(json.dumps(known), encoding="utf-8")
        Path(folder, "check.mjs").write_text(_IN_NODE, encoding="utf-8")
        # Our modules end in .js, and no package.json says that they are modules.
        modules = shutil.copytree(ROOT / "static" / "relais" / "js" / "verify", Path(folder, "verify"))
        Path(folder, "package.json").write_text('{"type": "module"}', encoding="utf-8")
        command = [node, str(Path(folder, "check.mjs")), folder, str(modules), str(_ROUNDS)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    took: dict[str, float] = json.loads(done.stdout)
    return took
