"""What the donor report says, in words: fixed, rounded tables of certificates.reporting, the gain, the targets."""

from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language_info, gettext, ngettext

from accounts.models import Cohort, Login
from accounts.policy import ADMINISTRATOR, COHORTS_RUN, COORDINATOR, in_scope
from certificates.disclosure import BASE, Told, tell
from certificates.evaluation.gain import pooled_gain
from certificates.evaluation.paired import Gain
from certificates.freshness import Reported
from certificates.models import Programme, ProgrammeCountry
from certificates.periods import Period
from certificates.report.printing import Cell, Figure, ReportFacts, Table
from certificates.reporting import DonorTables, donor_tables
from elearning.lib.tables import Table as ReadTable


def donor_report(*, login: Login, period: Period, programme: Programme | None, language: str) -> ReportFacts:
    """Return the report in a language; the caller has checked that the login may see the programme."""
    tables = donor_tables(login, period, programme, language)
    with translation.override(language):
        gain = _gain(login, period, programme)
        targets = _targets(login, programme) if programme else None
        return ReportFacts(
            language=language,
            rtl=get_language_info(language)["bidi"],
            issuer=settings.ISSUER_NAME,
            title=gettext("Donor report"),
            subtitle=_subtitle(tables),
            coverage=coverage_text(tables.reported),
            figures=_figures(tables, gain),
            tables=[*([targets] if targets else []), *(_printed(table) for table in tables.tables)],
            method_heading=gettext("How these figures were made"),
            method=[*tables.method, *_more_method(tables, gain)],
            footer=gettext("As of %(moment)s UTC. Late data can change the past.")
            % {"moment": date_format(tables.as_of, "DATETIME_FORMAT")},
            donors_heading=gettext("With the support of"),
            donors=", ".join(tables.donors),
            printed_on=tables.as_of.date(),
        )


def period_text(period: Period) -> str:
    """Return a period in the active language."""
    if not period.starts_on or not period.ends_on:
        return gettext("From the beginning to this day")
    return gettext("%(first)s to %(last)s") % {
        "first": date_format(period.starts_on, "DATE_FORMAT"),
        "last": date_format(period.ends_on, "DATE_FORMAT"),
    }


def coverage_text(reported: Reported) -> str:
    """Return how much has reported."""
    if not reported.total:
        return gettext("No device reports to this site: what was done elsewhere is not in these figures.")
    return gettext("%(reported)s of %(total)s devices have reported within the last week.") % {
        "reported": number_format(reported.reported),
        "total": number_format(reported.total),
    }


def told(count: Told) -> str:
    """Return a rounded count in words."""
    return gettext("fewer than 5") if count.is_small else number_format(count.value, force_grouping=True)


def _subtitle(tables: DonorTables) -> str:
    whole = tables.programme or gettext("All programmes")
    return f"{whole} · {period_text(tables.period)}"


def _figures(tables: DonorTables, gain: Gain) -> list[Figure]:
    return [
        Figure(told(tables.completed), gettext("completed a course"), gettext("rounded to the nearest five")),
        Figure(told(tables.certified), gettext("certified"), gettext("rounded to the nearest five")),
        _gain_figure(gain),
        Figure(
            number_format(tables.cohorts, force_grouping=True),
            ngettext("cohort met", "cohorts met", tables.cohorts),
            ngettext("in %(sessions)s session", "in %(sessions)s sessions", tables.sessions)
            % {"sessions": number_format(tables.sessions, force_grouping=True)},
        ),
    ]


def _gain_figure(gain: Gain) -> Figure:
    label = gettext("points gained between the two tests")
    count = tell(gain.matched)
    if gain.mean is None or gain.low is None or gain.high is None or count.is_small:
        return Figure(gettext("no data"), label, gettext("too few people took both tests"))
    base = gettext("about %(pairs)s people took both, interval %(low)s to %(high)s") % {
        "pairs": told(count),
        "low": _points(gain.low),
        "high": _points(gain.high),
    }
    return Figure(f"{gain.mean:+.0f}".replace("-", "\N{MINUS SIGN}"), label, base)


def _points(value: float) -> str:
    return number_format(Decimal(value).quantize(Decimal(1), ROUND_HALF_UP))


def _gain(login: Login, period: Period, programme: Programme | None) -> Gain:
    """Return what the cohorts of a scope, of a period by their start, gained together."""
    rows = COHORTS_RUN.filter(Cohort.objects.all(), login)
    if programme:
        rows = rows.filter(plan__programme=programme)
    if period.starts_on and period.ends_on:
        ended = Q(ends_on__isnull=True) | Q(ends_on__gte=period.starts_on)
        rows = rows.filter(ended, starts_on__lte=period.ends_on)
    return pooled_gain(rows)


def _targets(login: Login, programme: Programme) -> Table | None:
    """Return what was promised, for the countries of the login; None where nothing was."""
    scope = in_scope(login, COORDINATOR, "country") | in_scope(login, ADMINISTRATOR, "country")
    rows = ProgrammeCountry.objects.filter(scope, programme=programme).select_related("country")
    promised = [each for each in rows if each.target_officers or each.target_trainers]
    if not promised:
        return None
    return Table(
        heading=gettext("Targets of the programme"),
        columns=[gettext("Country"), gettext("Officers"), gettext("Trainers"), gettext("By")],
        rows=[
            [
                Cell(each.country.name),
                _count(each.target_officers),
                _count(each.target_trainers),
                Cell(date_format(each.target_on, "DATE_FORMAT")) if each.target_on else _nothing(),
            ]
            for each in sorted(promised, key=lambda each: each.country.name)
        ],
    )


def _count(value: int | None) -> Cell:
    return _nothing() if value is None else Cell(number_format(value, force_grouping=True), "number")


def _nothing() -> Cell:
    return Cell(gettext("no data"), "none")


def _printed(table: ReadTable) -> Table:
    return Table(
        heading=str(table.title),
        columns=[str(column.label) for column in table.columns],
        rows=[[_cell(value) for value in row] for row in table.rows],
        note=str(table.note),
    )


def _cell(value: object) -> Cell:
    if value is None:
        return _nothing()
    return _count(value) if isinstance(value, int) else Cell(str(value))


def _more_method(tables: DonorTables, gain: Gain) -> list[str]:
    """Return what is said besides the rules of the tables."""
    said = [
        gettext(
            "The gain is the mean difference, in points of a hundred, between the test before and the test after, "
            "of those who took both; the interval holds the true mean with a confidence of 95 in a hundred."
        ),
        gettext("The number of people who took both tests is rounded to the nearest %(base)s.") % {"base": BASE},
        gettext("Cases, victims and convictions are no measure of training: this report says nothing of them."),
    ]
    if gain.pre_only or gain.post_only:
        said.append(gettext("People who took only one of the two tests are not in the gain."))
    if tables.withheld:
        names = ", ".join(tables.withheld)
        said.append(gettext("Left out, because a small group could be worked out: %(tables)s.") % {"tables": names})
    return said
