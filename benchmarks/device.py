"""What a device takes: for one answer into the encrypted outbox, on disk, and for one guess of a PIN. In Chromium."""

import shutil
import statistics
import tempfile
from collections.abc import Iterator
from typing import Any

from benchmarks.figures import Figure

# Between the tap and the tick; and what whoever guesses PINs must pay for each.
_ANSWER_MS, _PIN_TRY_MS = 100, 100
_ANSWERS, _TRIES = 200, 5
# One statement at a time, as a person answers: signed, encrypted, sealed, and strictly on disk.
_SAY = """
  const times = [];
  for (let number = 0; number < given.count; number += 1) {
    const started = performance.now();
    await outbox.add([answer(given.attempt, `choice ${number % 4}`)]);
    times.push(performance.now() - started);
  }
  const { count } = await outbox.waiting();
  return [times, count];
"""
_GUESS = """
  const keys = await import("/static/relais/js/device/keys.js");
  const wrapKey = await keys.newWrapKey();
  const wrapped = await keys.wrapDataKey(keys.newDataKey(), "store", "493027", wrapKey);
  const times = [];
  for (let number = 0; number < given.count; number += 1) {
    const started = performance.now();
    const opened = await keys.unwrapDataKey(wrapped, "store", `77001${number}`, wrapKey).catch(() => null);
    if (opened) throw new Error("a wrong PIN opened it");
    times.push(performance.now() - started);
  }
  return times;
"""


def device_figures() -> Iterator[Figure]:
    """Measure in a browser with its profile on disk."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # only here is a browser needed

    from tests.browser.conftest import FLAGS  # noqa: PLC0415
    from tests.browser.outbox_fakes import open_tablet  # noqa: PLC0415

    chromium = shutil.which("chromium")
    assert chromium, "Debian's chromium is not installed (apt-get install chromium)"
    with tempfile.TemporaryDirectory() as profile, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(profile, executable_path=chromium, args=FLAGS)
        tablet = open_tablet(context)
        page = tablet.open()
        tablet.run(page, _SAY, count=20)
        times, waiting = tablet.run(page, _SAY, count=_ANSWERS)
        assert waiting == 20 + _ANSWERS, "an answer is not in the outbox: this would measure nothing"
        guesses: list[Any] = tablet.run(page, _GUESS, count=_TRIES)
        context.close()
    yield Figure("outbox-answer", statistics.median(times), "ms", limit=_ANSWER_MS)
    yield Figure("outbox-answer-p95", sorted(times)[len(times) * 95 // 100], "ms")
    yield Figure("pin-try", statistics.median(guesses), "ms", limit=_PIN_TRY_MS, at_least=True)
