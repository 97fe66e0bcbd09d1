"""Range headers: what is asked of a file, and what is passed over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.lib.ranges import ByteRange, UnsatisfiableRangeError, read_range


@pytest.mark.parametrize(
    ("header", "start", "stop"),
    [
        ("bytes=0-", 0, 10),
        ("bytes=0-0", 0, 1),
        ("bytes=2-5", 2, 6),
        ("bytes=9-99", 9, 10),
        ("bytes=-3", 7, 10),
        ("bytes=-99", 0, 10),
        (" Bytes = 1-2".replace(" =", "="), 1, 3),
    ],
)
def test_one_range_is_read(header, start, stop):
    assert read_range(header, 10) == ByteRange(start, stop, 10)


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=10-12", "bytes=-0"])
def test_a_range_behind_the_end_is_refused(header):
    with pytest.raises(UnsatisfiableRangeError):
        read_range(header, 10)


NO_SINGLE_RANGE = [
    *("", "bytes", "bytes=", "bytes=-", "bytes=5-2", "bytes=0-1,3-4", "items=0-1", "bytes=a-b", "bytes=١-٢"),
    "bytes=" + "9" * 5000 + "-",
]


@pytest.mark.parametrize("header", NO_SINGLE_RANGE)
def test_what_is_no_single_range_gets_the_whole_file(header):
    assert read_range(header, 10) is None


@given(size=st.integers(1, 99), first=st.integers(0, 120), last=st.integers(0, 120))
def test_a_part_lies_within_the_file_and_begins_where_it_was_asked_to(size, first, last):
    try:
        part = read_range(f"bytes={first}-{last}", size)
    except UnsatisfiableRangeError:
        assert first >= size
        return
    if part is None:
        assert last < first
        return
    assert (part.start, part.stop) == (first, min(last + 1, size))
    assert part.content_range == f"bytes {part.start}-{part.stop - 1}/{size}"
