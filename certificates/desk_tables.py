"""The tables of the desk, each made once: the page shows it, CSV and XLSX hold it, a chart is drawn from it."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from certificates.cohort_progress import Point
from certificates.desk import Desk, line_label
from certificates.dimensions import first_day
from certificates.figures import Figures, Line, funnel_of
from certificates.freshness import Reported
from certificates.groups import LABELS
from certificates.words import ABOUT_STEPS, STEP_LABELS
from elearning.lib.csvsafe import Cell
from elearning.lib.tables import Column, Kind, Table

_STEPS = ("invited", "enrolled", "started", "finished", "completed", "certified", "trained")


def country_table(desk: Desk) -> Table:
    """Return one line for each country."""
    columns = [
        Column("country_code", _("Code"), Kind.CODE, _("ISO 3166-1, two letters.")),
        Column("country", _("Country")),
        *_figure_columns(),
        Column("target", _("Target"), Kind.COUNT, _("Officers to certify, of all programmes shown.")),
        Column("sources_reported", _("Reported"), Kind.COUNT, _("Devices heard of within a week.")),
        Column("sources", _("Devices"), Kind.COUNT, _("Devices that are known here.")),
    ]
    rows = [
        (line.country_code, line.country, *_cells(line.figures), line.target, line.reported, line.sources)
        for line in desk.countries
    ]
    return Table("countries", _("Countries"), columns, rows, desk.as_of)


def cohort_table(desk: Desk, lines: Sequence[Line]) -> Table:
    """Return one line for each cohort, and one for those who learn without."""
    columns = [
        Column("country_code", _("Code"), Kind.CODE, _("ISO 3166-1, two letters.")),
        Column("country", _("Country")),
        Column("cohort_uuid", _("Id of the cohort"), Kind.CODE),
        Column("cohort", _("Cohort")),
        Column("course", _("Course")),
        *_figure_columns(),
    ]
    course = desk.courses[desk.chosen.course] if desk.chosen.course else _("All courses")
    rows = [
        (
            line.country_code,
            line.country,
            line.cohort if line.cohort_name else None,
            line_label(line),
            course,
            *_cells(line.figures),
        )
        for line in lines
    ]
    return Table("cohorts", _("Cohorts"), columns, rows, desk.as_of)


def funnel_table(figures: Figures, as_of: dt.datetime) -> Table:
    """Return one line for each stage that is known."""
    columns = [
        Column("stage", _("Stage"), Kind.CODE),
        Column("label", _("What it means")),
        Column("people", _("People"), Kind.COUNT, _("One for each person and course.")),
        Column("of_previous_percent", _("Of the stage before, in percent"), Kind.PERCENT, _("Rounded down.")),
        Column("of_first_percent", _("Of the first stage, in percent"), Kind.PERCENT, _("Rounded down.")),
    ]
    steps = funnel_of(figures) if figures.has_data or figures.pending else []
    rows = [(step.code, str(STEP_LABELS[step.code]), step.count, step.of_previous, step.of_first) for step in steps]
    return Table("funnel", _("Where officers stop"), columns, rows, as_of)


def group_table(dimension: str, lines: Sequence[Line], as_of: dt.datetime) -> Table:
    """Return one line for each group of a breakdown."""
    columns = [Column(dimension, LABELS[dimension]), *_figure_columns(with_heads=False)]
    rows = [(line.country, *_cells(line.figures, with_heads=False)) for line in lines]
    return Table(f"by-{dimension}", LABELS[dimension], columns, rows, as_of)


def expiry_table(months: Sequence[int], counts: Mapping[int, int], as_of: dt.datetime) -> Table:
    """Return how many certificates end in each month."""
    columns = [
        Column("month", _("Month"), Kind.DATE, _("The first day of the month.")),
        Column(
            "certificates",
            _("Certificates that end"),
            Kind.COUNT,
            _("Not withdrawn, and not renewed for another period."),
        ),
    ]
    rows = [(first_day(month), counts.get(month, 0)) for month in months]
    return Table("expiries", _("Certificates that end"), columns, rows, as_of)


def progress_table(points: Sequence[Point], as_of: dt.datetime) -> Table:
    """Return a cohort's curve, day by day."""
    columns = [
        Column("day", _("Day"), Kind.DATE),
        Column("planned", _("Planned"), Kind.COUNT, _("An even pace from the first day to the last.")),
        Column("enrolled", STEP_LABELS["enrolled"], Kind.COUNT),
        Column("completed", STEP_LABELS["completed"], Kind.COUNT),
        Column("certified", STEP_LABELS["certified"], Kind.COUNT),
    ]
    rows = [(each.day, each.planned, each.enrolled, each.completed, each.certified) for each in points]
    return Table("progress", _("Plan and reality"), columns, rows, as_of)


def freshness_table(rows: Sequence[tuple[str, str, str, Reported]], as_of: dt.datetime) -> Table:
    """Return how much has reported: source, code, country, and what is known."""
    columns = [
        Column("source", _("What reports")),
        Column("country_code", _("Code"), Kind.CODE, _("ISO 3166-1, two letters.")),
        Column("country", _("Country")),
        Column("reported", _("Reported"), Kind.COUNT, _("Heard of within a week.")),
        Column("total", _("In all"), Kind.COUNT),
        Column("oldest_at", _("Longest silent since"), Kind.MOMENT, _("UTC; empty where one was never heard of.")),
        Column("newest_at", _("Last heard of"), Kind.MOMENT, _("UTC.")),
    ]
    cells = [
        (source, code, name, each.reported, each.total, each.oldest_at, each.newest_at)
        for source, code, name, each in rows
    ]
    return Table("freshness", _("How fresh the data is"), columns, cells, as_of)


def _figure_columns(*, with_heads: bool = True) -> list[Column]:
    steps = [step for step in _STEPS if with_heads or step not in {"invited", "trained"}]
    columns = [Column(step, STEP_LABELS[step], Kind.COUNT, ABOUT_STEPS[step]) for step in steps]
    about = _("Of those enrolled, rounded down.")
    return [*columns, Column("completed_percent", _("Passed, in percent"), Kind.PERCENT, about)]


def _cells(figures: Figures, *, with_heads: bool = True) -> list[Cell]:
    """Return the cells of _figure_columns; nobody enrolled is no data, never nought."""
    counts: list[Cell] = [figures.enrolled, figures.started, figures.finished, figures.completed, figures.certified]
    if not figures.has_data:
        counts = [None] * len(counts)
    if with_heads:
        counts = [figures.invited or None, *counts, figures.trained_others if figures.has_data else None]
    return [*counts, figures.completed_percent if figures.has_data else None]
