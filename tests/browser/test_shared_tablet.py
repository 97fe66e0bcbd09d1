"""Several officers on one tablet: switched, locked, signed out, forgotten; and what a lost tablet gives away."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.steps import join, sign_in_by_number, width_of
from tests.browser.tablets import (
    DEVICE,
    PIN,
    Tablet,
    initials_of,
    row_of,
    rows,
    sign_out,
    stores,
    wait_for_store,
    wait_until_nobody_is_signed_in,
)

KEEP_SCORE = """async (path) => {
  const person = await (await import(path)).whoIsHere();
  const box = await person.encrypt("canary-of-a-score");
  const change = person.db.transaction("kept", "readwrite");
  change.objectStore("kept").put({ key: "score", box });
  await new Promise((done) => (change.oncomplete = done));
}"""


@pytest.fixture(scope="module")
def tablet(demo):
    return Tablet(demo)


@pytest.fixture
def page(open_context):
    return open_context(locale="fr-FR").new_page()


def only(found):
    (one,) = found
    return one


def open_with(page, store, pin):
    row = row_of(page, store)
    row.locator("[data-act=open]").click()
    row.locator("[name=pin]").fill(pin)
    row.locator("[data-form=open] button").first.click()


def test_two_officers_switch_in_two_taps_and_nobody_is_served_as_the_other(page, tablet):
    first = join(page, "Zoumana Tékété")
    wait_for_store(page)
    tablet.set_pin(page)
    one = only(rows(page))
    sign_out(page)
    second = join(page, "Oumou Bagayogo")
    wait_for_store(page, 2)
    two = only(rows(page).keys() - {one})
    assert {row["initials"] for row in rows(page).values()} == {initials_of(first), initials_of(second)}

    page.locator("footer a[href$='/device/']").click()
    expect(row_of(page, two).locator("[data-when=here]")).to_be_visible()
    open_with(page, one, PIN)
    expect(row_of(page, one).locator("[data-when=here]")).to_be_visible()
    expect(row_of(page, two).locator("[data-when=here]")).to_be_hidden()
    # The session was the second officer's: it is over, so that nothing more is done in that name.
    wait_until_nobody_is_signed_in(page)
    assert tablet.people(page, "whoIsHere") is not None


def test_session_that_could_not_be_ended_is_ended_by_the_next_page(page, tablet):
    join(page, "Drissa Kané")
    wait_for_store(page)
    tablet.set_pin(page)
    one = only(rows(page))
    sign_out(page)
    join(page, "Nana Cissouma")
    wait_for_store(page, 2)
    page.goto(DEVICE)
    page.context.route("**/sync/session/", lambda route: route.abort())
    open_with(page, one, PIN)
    expect(row_of(page, one).locator("[data-when=here]")).to_be_visible()
    page.context.unroute("**/sync/session/")
    page.goto("/fr/")
    wait_until_nobody_is_signed_in(page)
    expect(page.locator("body")).not_to_contain_text("Nana")


def test_lock_in_one_tab_covers_all_and_a_reload_does_not_help(page, tablet):
    join(page)
    wait_for_store(page)
    tablet.set_pin(page)
    store = only(rows(page))
    page.goto("/fr/courses/")
    other = page.context.new_page()
    other.goto(DEVICE)
    expect(other.locator("[data-part=here]")).to_be_visible()
    other.locator("[data-act=lock]").click()
    page.wait_for_url(re.compile(r"/device/\?next=%2Ffr%2Fcourses%2F$"))
    page.goto("/fr/courses/")
    page.wait_for_url(re.compile(r"/device/\?next="))
    open_with(page, store, PIN)
    page.wait_for_url(re.compile(r"/fr/courses/$"))


def test_opened_place_survives_the_end_of_the_worker(page, tablet):
    join(page)
    wait_for_store(page)
    tablet.set_pin(page)
    cdp = page.context.new_cdp_session(page)
    cdp.send("ServiceWorker.enable")
    cdp.send("ServiceWorker.stopAllWorkers")
    # The worker forgot the key; the tab that still has it gives it to the new one.
    other = page.context.new_page()
    other.goto(DEVICE)
    expect(other.locator("[data-part=here]")).to_be_visible()


def test_idle_page_locks_and_one_in_use_does_not(page, tablet):
    join(page)
    wait_for_store(page)
    tablet.set_pin(page)
    page.clock.install()
    page.goto("/fr/courses/")
    # The page asks for the key first; minutes that pass at once would be its answer's.
    wait_for_store(page)
    page.clock.run_for(4 * 60_000)
    # A key, not the pointer: a browser that draws nothing tells of the pointer only when it draws.
    page.keyboard.press("Shift")
    page.clock.run_for(4 * 60_000)
    assert page.url.endswith("/fr/courses/")
    page.clock.run_for(2 * 60_000)
    page.wait_for_url(re.compile(r"/device/\?next="))
    expect(page.locator("[data-part=here]")).to_be_hidden()


def test_sign_out_without_a_pin_leaves_sealed_lines_and_nothing_readable(page, tablet):
    who = join(page, "Kadidia Maïga")
    wait_for_store(page)
    store = tablet.say(page)
    sign_out(page)
    assert rows(page)[store] | {"isOpen": False, "canSign": True} == rows(page)[store]
    left = stores(page, store)
    assert [(line["state"], line["box"], line["sealed"][:7]) for line in left["outbox"]] == [
        ("waiting", False, "sealed ")
    ] * 2
    assert not left["papers"]
    assert not left["state"]
    assert tablet.people(page, "whoIsHere") is None
    # Whoever comes next may bring it to the centre, and the chain goes on when its author comes again.
    page.context.unroute("**/sync/statements/")
    join(page, "Issa Dolo")
    wait_for_store(page, 2)
    page.goto(DEVICE)
    page.locator("[data-act=send-left]").click()
    expect(page.locator("[data-part=left]")).to_be_hidden()
    sign_out(page)
    sign_in_by_number(page, who)
    expect(page.locator("#relais[data-person]")).to_have_count(1)
    assert tablet.say(page) == store
    assert [line["seq"] for line in stores(page, store)["outbox"] if line["state"] == "waiting"] == [3, 4]


def test_sign_out_whose_page_ran_no_script_is_finished_by_the_next(page, tablet):
    join(page)
    wait_for_store(page)
    store = tablet.say(page)
    page.evaluate("HTMLFormElement.prototype.submit.call(document.querySelector('footer form'))")
    page.wait_for_url(re.compile(r"/sign-in/"))
    page.wait_for_function("() => !document.cookie.includes('relais_left')")
    page.wait_for_timeout(300)
    assert rows(page)[store]["isOpen"] is False
    assert {line["box"] for line in stores(page, store)["outbox"]} == {False}


def test_ten_wrong_pins_erase_this_person_only_and_the_centre_can_open_what_is_sealed(page, tablet, tmp_path):
    join(page)
    wait_for_store(page)
    other = tablet.say(page)
    sign_out(page)
    join(page, "Sira Tangara")
    wait_for_store(page, 2)
    store = tablet.say(page)
    tablet.set_pin(page)
    sign_out(page)
    page.goto(DEVICE)
    row_of(page, store).locator("[data-act=open]").click()
    for left in range(9, 0, -1):
        row_of(page, store).locator("[name=pin]").fill("770011")
        started = time.monotonic()
        row_of(page, store).locator("[data-form=open] button").first.click()
        expect(row_of(page, store).locator(".err")).to_contain_text(str(left))
        assert time.monotonic() - started >= 0.1, "a try costs less than a tenth of a second"
    row_of(page, store).locator("[name=pin]").fill("770012")
    row_of(page, store).locator("[data-form=open] button").first.click()
    expect(row_of(page, store)).to_have_count(0)
    assert rows(page)[store] | {"isOpen": False, "canSign": False} == rows(page)[store]
    assert rows(page)[other]["canSign"] is True
    assert [(line["state"], line["box"]) for line in stores(page, store)["outbox"]] == [("waiting", False)] * 2
    assert not stores(page, store)["kept"]

    with page.expect_download() as download:
        page.locator("[data-act=save-left]").click()
    file = tmp_path / "left.relais"
    download.value.save_as(file)
    text = file.read_text()
    assert text.startswith("relais-parcel/1\n")
    assert all(line.startswith("sealed ") for line in text.splitlines()[1:])
    found = tablet.ingest(file)
    # The lesson of each is taken; the answer to a test that nobody gave was read, and is held for that.
    assert (found["lines"], found["accepted"], len(found["quarantined"])) == (4, 2, 2)
    assert tablet.ingest(file)["accepted"] == 0


def test_forgotten_pin_and_removal_ask_first_and_keep_what_is_not_sent(page, tablet):
    join(page)
    wait_for_store(page)
    store = tablet.say(page)
    tablet.set_pin(page)
    page.locator("[data-act=lock]").click()
    row = row_of(page, store)
    row.locator("details summary").click()
    row.locator("[data-act=remove]").click()
    expect(row.locator("[data-refused]")).not_to_be_empty()
    expect(row.locator("[data-ask]")).to_be_hidden()
    row.locator("[data-act=forget]").click()
    row.locator("[data-act=sure]").click()
    expect(row_of(page, store)).to_have_count(0)
    assert rows(page)[store]["canSign"] is False
    # Whoever has the session has not the password: without the PIN that one has to be typed again.
    wait_until_nobody_is_signed_in(page)
    expect(page.locator("[data-part=left]")).to_be_visible()


def test_page_opens_for_nobody_where_nothing_can_be_kept(open_context):
    context = open_context(locale="fr-FR")
    context.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined })")
    page = context.new_page()
    page.goto(DEVICE)
    expect(page.locator("[data-part=nothing]")).to_be_visible()
    join(page)
    page.goto(DEVICE)
    expect(page.locator("[data-part=nothing]")).to_be_visible()
    expect(page.locator("[data-part=here]")).to_be_hidden()
    sign_out(page)


def test_page_is_accessible_and_fits_a_narrow_phone(page, tablet, find_axe_faults, screenshot):
    join(page)
    wait_for_store(page)
    tablet.set_pin(page)
    for width, language in ((320, "fr"), (320, "ar"), (1280, "fr")):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"/{language}/device/")
        expect(page.locator("[data-part=here]")).to_be_visible()
        page.locator("[data-pin-details] summary").click()
        assert width_of(page) <= width
        screenshot(page, f"{language}-{width}")
    assert find_axe_faults(DEVICE, like=page) == []


def test_lost_tablet_gives_no_name_answer_score_token_or_pin_away(
    browser_type, browser_type_launch_args, demo, tablet, page, tmp_path
):
    who = join(page, "Bréhima Wologuem")
    options = browser_type_launch_args | {"base_url": demo.address, "locale": "fr-FR"}
    with browser_type.launch_persistent_context(tmp_path / "profile", **options) as context:
        mine = context.new_page()
        sign_in_by_number(mine, who)
        wait_for_store(mine)
        store = tablet.say(mine, "canary-of-an-answer")
        mine.evaluate(KEEP_SCORE, tablet.module("people"))
        tablet.set_pin(mine)
        session = next(each["value"] for each in context.cookies() if each["name"] == "sessionid")
        sign_out(mine)
        assert rows(mine)[store]["hasPin"] is True
        assert len(stores(mine, store)["outbox"]) == 2
    files = {file: file.read_bytes() for file in (tmp_path / "profile").rglob("*") if file.is_file()}
    # The id of the store is readable, so that what is not found below would have been found.
    assert names_of(files, store)
    for secret in ("Wologuem", "Bréhima", "canary-of-an-answer", "canary-of-a-score", session, PIN):
        assert names_of(files, secret) == [], secret


def names_of(files, text):
    """Return the files that hold a text in one of the forms in which browsers write it."""
    forms = [text.encode(), text.encode("latin-1"), text.encode("utf-16-le"), text.encode("utf-16-be")]
    return [file.name for file, data in files.items() if any(form in data for form in forms)]
