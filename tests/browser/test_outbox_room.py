"""The outbox when the device has no room: what can be fetched again goes first, what was said stays.

Chromium's quota override holds for its caches and not for IndexedDB: here the store itself refuses.
"""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.outbox_fakes import Tablet, open_tablet

# As many lines as `room` says fit; then the browser refuses, within the transaction.
FULL = """
  globalThis.room = Infinity;
  const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = function (value) {
    if ((globalThis.room -= 1) < 0) throw new DOMException("full", "QuotaExceededError");
    return add.call(this, value);
  };
"""
SAY_UNTIL_FULL = """
  const said = [];
  globalThis.room = 5;
  try {
    for (let n = 0; n < 50; n += 1) said.push(...(await outbox.add([answer(given.attempt, `${n}`)])));
  } catch (error) {
    return { error: error.constructor.name, ids: said.map(({ id }) => id), freed: globalThis.freed ?? 0 };
  }
  return { error: null };
"""


@pytest.fixture
def tablet(browser):
    context = browser.new_context()
    context.add_init_script(FULL)
    yield open_tablet(context)
    context.close()


def say_until_full(tablet: Tablet, page: Page, options: str) -> dict[str, Any]:
    script = f"""async (given) => {{
      const {{ answer, outbox: open }} = await import("/test/person.js");
      const outbox = await open(given, {options});
      {SAY_UNTIL_FULL}
    }}"""
    result: dict[str, Any] = page.evaluate(script, tablet.given)
    return result


def test_downloads_make_room_before_an_answer_is_refused_and_no_answer_is_lost(tablet):
    page = tablet.open()
    free = """{ freeRoom: async () => {
      globalThis.freed = (globalThis.freed ?? 0) + 1;
      if (globalThis.freed === 1) globalThis.room = 3;
      return globalThis.freed === 1;
    } }"""
    full = say_until_full(tablet, page, free)
    # Once with success: the answer that met the full store is there too. Once more for nothing.
    assert (full["error"], full["freed"], len(full["ids"])) == ("QuotaError", 2, 8)
    listed = tablet.run(page, "return (await outbox.list()).map(({ id, state }) => [id, state])")
    assert listed == [[each, "waiting"] for each in full["ids"]]
    # With room again, nothing has to be repaired, and nothing was used up by what was not said.
    (said,) = tablet.run(page, "globalThis.room = 9; return outbox.add([answer(given.attempt, 'more')])")
    assert said["context"]["extensions"]["device"]["seq"] == 9
    assert tablet.run(page, "return outbox.send()")["error"] is None
    assert set(tablet.centre.stored) == {*full["ids"], said["id"]}


def test_without_downloads_the_page_is_told_that_nothing_was_saved(tablet):
    page = tablet.open()
    full = say_until_full(tablet, page, "{}")
    assert (full["error"], len(full["ids"])) == ("QuotaError", 5)
    assert tablet.run(page, "return outbox.waiting()")["count"] == 5
