"""The charts of the desk, drawn from the lines that its tables hold."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certificates.cohort_progress import Point
from certificates.desk import Desk, line_label, percent_text
from certificates.dimensions import first_day
from certificates.figures import Figures, Line, funnel_of, share
from certificates.words import STEP_LABELS
from elearning.lib.charts import Bar, bar_chart, funnel_chart
from elearning.lib.charts_lines import Curve, MonthColumn, curve_chart, month_chart
from elearning.lib.charts_world import EDGES, REGIONS, Region, Tile, is_on_map, world_map

_LONGEST = 20


def funnel(figures: Figures) -> SafeString:
    """Draw where people stop: each stage over the one before, on one scale."""
    steps = funnel_of(figures)
    whole = max((step.count for step in steps), default=0)
    return funnel_chart(
        [
            Bar(
                label=str(STEP_LABELS[step.code]),
                part=step.count,
                whole=whole,
                value=str(step.count),
                base=percent_text(step.of_previous) if step.of_previous is not None else _("start"),
                soft=step.before,
                has_track=False,
            )
            for step in steps
        ]
    )


def country_bars(desk: Desk) -> SafeString:
    """Draw the countries: certified against the target where there is one, else the share that passed."""
    lines = [line for line in desk.countries if line.figures.has_data or line.target][:_LONGEST]
    shares = [_share_bar(line, line.country, _url(line, desk)) for line in lines]
    return bar_chart(_target_bars(desk, lines) if has_targets(desk) else shares, is_flat=True)


def without_data(desk: Desk) -> list[str]:
    """Return the countries that the chart leaves out: nothing is known of them and nothing was planned."""
    return [line.country for line in desk.countries if not line.figures.has_data and not line.target]


def has_targets(desk: Desk) -> bool:
    """Tell whether any country shown has a target."""
    return any(line.target for line in desk.countries)


def line_bars(lines: Sequence[Line]) -> SafeString:
    """Draw the share that passed, of cohorts or groups."""
    bars = [_share_bar(line, line_label(line) if line.country_code else line.country) for line in lines[:_LONGEST]]
    return bar_chart(bars)


def world(desk: Desk) -> SafeString:
    """Draw the world: the share that passed, by country."""
    tiles = {
        line.country_code: Tile(
            _("%(country)s: %(percent)s, %(part)s of %(whole)s")
            % {
                "country": line.country,
                "percent": percent_text(line.figures.completed_percent),
                "part": line.figures.completed,
                "whole": line.figures.enrolled,
            },
            line.figures.completed_percent,
        )
        for line in desk.countries
        if line.figures.has_data
    }
    about = _("Countries with data: %(total)s. The table after the map holds the values.") % {"total": len(tiles)}
    return world_map(tiles, {key: Region(name, about) for key, name in _region_names().items()})


def off_the_map(desk: Desk) -> list[str]:
    """Return the countries with data that have no square: they stand in the table only."""
    return [line.country for line in desk.countries if line.figures.has_data and not is_on_map(line.country_code)]


def map_legend() -> list[tuple[str, str]]:
    """Return the steps of the map: class and words."""
    steps = [_("under %(edge)s%%") % {"edge": EDGES[0]}]
    steps += [_("%(low)s to %(high)s") % {"low": low, "high": high - 1} for low, high in pairwise(EDGES)]
    steps.append(_("%(edge)s and more") % {"edge": EDGES[-1]})
    return [(f"q{number}", words) for number, words in enumerate(steps, 1)] + [("q0", _("no data"))]


def expiry_columns(months: Sequence[int], counts: Mapping[int, int]) -> SafeString:
    """Draw how many certificates end in each month."""
    columns = [
        MonthColumn(
            label=date_format(first_day(month), "M y"),
            value=counts.get(month, 0),
            title=ngettext("%(count)d certificate ends", "%(count)d certificates end", counts.get(month, 0))
            % {"count": counts.get(month, 0)},
            is_now=not place,
        )
        for place, month in enumerate(months)
    ]
    return month_chart(columns, _("Certificates that end, by month"))


def progress_curves(points: Sequence[Point]) -> SafeString:
    """Draw a cohort's plan and what has become of it."""
    curves = [
        Curve(_("Planned: an even pace"), "plan", [each.planned for each in points]),
        Curve(str(STEP_LABELS["enrolled"]), "soft-l", [each.enrolled for each in points]),
        Curve(str(STEP_LABELS["completed"]), "done", [each.completed for each in points]),
        Curve(str(STEP_LABELS["certified"]), "strong", [each.certified for each in points]),
    ]
    ends = (date_format(points[0].day, "DATE_FORMAT"), date_format(points[-1].day, "DATE_FORMAT"))
    drawn = [curve for curve in curves if any(value is not None for value in curve.values)]
    return curve_chart(drawn, ends, _("People over time. The table after the picture holds the values."))


def _target_bars(desk: Desk, lines: Sequence[Line]) -> list[Bar]:
    """Return bars of one scale with a line at each country's target."""
    scale = max((max(line.target or 0, line.figures.certified) for line in lines), default=0)
    return [_target_bar(line, scale, _url(line, desk)) for line in lines]


def _target_bar(line: Line, scale: int, url: str) -> Bar:
    certified = line.figures.certified
    if not line.figures.has_data:
        return Bar(line.country, 0, 0, _("No data"), url=url)
    if not line.target:
        return Bar(line.country, certified, scale, str(certified), _("no target"), url=url)
    base = _("of %(target)s, %(percent)s") % {
        "target": line.target,
        "percent": percent_text(share(certified, line.target)),
    }
    return Bar(line.country, certified, scale, str(certified), base, certified < line.target, 0, line.target, url)


def _share_bar(line: Line, label: str, url: str = "") -> Bar:
    figures = line.figures
    if not figures.has_data:
        return Bar(label, 0, 0, _("No data"), url=url)
    base = _("%(part)s of %(whole)s") % {"part": figures.completed, "whole": figures.enrolled}
    return Bar(label, figures.completed, figures.enrolled, percent_text(figures.completed_percent), base, url=url)


def _url(line: Line, desk: Desk) -> str:
    if desk.is_one_country:
        return ""
    return reverse("certificates:desk-country", args=[line.country_code])


def _region_names() -> dict[str, str]:
    names = (_("Americas"), _("Europe"), _("Asia"), _("Africa"), _("Oceania"))
    return dict(zip(REGIONS, names, strict=True))
