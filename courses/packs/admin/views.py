"""Two pages of the admin: a course as a zip, and a zip as a course."""

import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from courses.errors import CourseNotInPagesError
from courses.models import PackUpload
from courses.packs.admin.doors import course_to_export, may_import
from courses.packs.archive import LARGEST_ARCHIVE_BYTES, ArchiveRefusedError, zip_files
from courses.packs.errors import PackErrors, Problem
from courses.packs.exporting import export_course, write_files
from courses.packs.importing import load_upload, look_at_pack
from courses.packs.reading import read_pack
from courses.packs.writing import Report

IMPORT = "course_packs:import"
MOST_SHOWN = 200


@require_safe
def export(request: HttpRequest, page_id: int) -> HttpResponse:
    """Send the pack of a course; say what is wrong instead where it could not be loaded again."""
    page = course_to_export(request.user, page_id)
    back = redirect(reverse("wagtailadmin_explore", args=[page.pk]))
    try:
        files = export_course(page.activity_uuid, page.edition)
    except CourseNotInPagesError as error:
        messages.error(request, str(error.text))
        return back
    if problems := _problems(files, page.slug):
        text = _("The course cannot be packed yet, its languages or fields do not agree: %(problems)s")
        messages.error(request, text % {"problems": "; ".join(map(str, problems[:5]))})
        return back
    response = HttpResponse(zip_files(files, page.slug), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{page.slug}.zip"'
    response["Cache-Control"] = "no-store, private"
    return response


def _problems(files: dict[str, bytes], slug: str) -> tuple[Problem, ...]:
    with tempfile.TemporaryDirectory(prefix="relais-pack-") as folder:
        write_files(files, Path(folder) / slug)
        try:
            read_pack(Path(folder) / slug)
        except PackErrors as errors:
            return errors.problems
    return ()


class PackForm(forms.Form):
    """One zip."""

    file = forms.FileField(
        label=gettext_lazy("Pack"),
        help_text=gettext_lazy("A zip of one pack’s folder, at most 32 MB. Nothing changes before you have looked."),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
    )

    def clean_file(self) -> bytes:
        """Return the bytes, of a size that may be read at all."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_ARCHIVE_BYTES:
            raise forms.ValidationError(_("The file is larger than 32 MB. Nothing was changed. Leave videos out."))
        return bytes(file.read())


class ImportView(WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """Take a zip and show what it would change; take the answer and load it."""

    template_name = "courses/packs/import.html"
    page_title = gettext_lazy("Load a course pack")
    header_icon = "upload"
    form_class = PackForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Hide the page from who may not load packs."""
        if not may_import(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Name the page in the header."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Load what was looked at where that is confirmed, else look."""
        upload = request.POST.get("upload", "")
        return self._load(upload) if upload else super().post(request, *args, **kwargs)

    def form_valid(self, form: PackForm) -> HttpResponse:
        """Show what the pack would change, or every problem with it."""
        try:
            look = look_at_pack(by=self.request.user, content=form.cleaned_data["file"])  # type: ignore[arg-type]
        except ArchiveRefusedError as error:
            form.add_error("file", str(error.text))
            return self.form_invalid(form)
        except PackErrors as errors:
            context = self.get_context_data(form=form, problems=errors.problems[:MOST_SHOWN])
            return self.render_to_response(context, status=400)
        return self.render_to_response(
            self.get_context_data(form=PackForm(), look=look, findings=look.findings[:MOST_SHOWN])
        )

    def _load(self, upload: str) -> HttpResponse:
        try:
            report = load_upload(by=self.request.user, upload=UUID(upload))  # type: ignore[arg-type]  # the door
        except (ValueError, PackUpload.DoesNotExist):
            messages.error(self.request, _("This upload is gone: send the file again. Nothing was changed."))
        except PackErrors as errors:
            text = _("The pack no longer fits the site: %(problem)s. Nothing was changed.")
            messages.error(self.request, text % {"problem": errors.problems[0]})
        else:
            messages.success(self.request, _said(report))
        return redirect(reverse(IMPORT))


def _said(report: Report) -> str:
    text = _(
        "The pack is loaded. Pages created: %(created)d, changed: %(changed)d, taken out of sight: %(unpublished)d, "
        "unchanged: %(unchanged)d."
    )
    counts = {name: len(getattr(report, name)) for name in ("created", "changed", "unpublished")}
    return text % {**counts, "unchanged": report.unchanged}
