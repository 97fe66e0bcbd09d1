"""The pages of designs: the list, the form with its live picture, and the picture itself."""

import base64
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.models import Login
from certificates import policy
from certificates.actions.designs import may_design, save_design
from certificates.designing.forms import DesignForm
from certificates.designing.looks import stored
from certificates.designing.sample import sample_picture
from certificates.designing.values import Design
from certificates.errors import DesignRefusedError, DesignUnprintableError, UnprintableTextError
from certificates.models import CertificateDesign, Programme
from certificates.pdf import LANGUAGES, Language, print_language

INDEX, USUAL, EDIT, USUAL_PICTURE, PICTURE = (
    f"certificate-designs:{name}" for name in ("index", "usual", "edit", "usual-picture", "picture")
)


class _DesignPage(WagtailAdminTemplateMixin, TemplateView):
    """A page about designs. A programme that is not visible to you: 404; visible, not yours to design: 403."""

    header_icon = "image"
    programme: Programme | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let in whom the policy lets in."""
        login: Any = request.user
        uuid: UUID | None = kwargs.get("programme")
        if uuid is not None:
            self.programme = _programme_at_door(login, uuid)
        elif not self.is_open_to(login):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def is_open_to(self, login: Login) -> bool:
        """Tell whether a login may open the page where no programme is named."""
        return may_design(login, None)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way back to the list."""
        above = {"url": reverse(INDEX), "label": _("Certificates")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]


class DesignListView(_DesignPage):
    """The usual design, and the programmes that this login designs for."""

    template_name = "certificates/admin/design_list.html"
    page_title = gettext_lazy("Certificates")

    def is_open_to(self, login: Login) -> bool:
        """Open to whoever designs anything at all."""
        return designs_something(login)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the list alone."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the programmes. One query beside the login's own."""
        login: Any = self.request.user
        rows = policy.DESIGN_PROGRAMMES.filter(Programme.objects.filter(is_historic=False), login)
        programmes = rows.select_related("certificate_design").order_by("code")
        return super().get_context_data(programmes=programmes, may_usual=may_design(login, None), **kwargs)


class DesignView(_DesignPage):
    """Change a design, and see what comes out."""

    template_name = "certificates/admin/design.html"

    def get_page_title(self) -> str:
        """Return the name of the programme."""
        return str(self.programme) if self.programme else _("All other certificates")

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Show what is stored."""
        return self._show(DesignForm(_stored_of(self.programme)), request)

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Save, or with the other button only look."""
        login: Any = request.user
        form = DesignForm(_stored_of(self.programme), request.POST, request.FILES)
        if not form.is_valid() or request.POST.get("do") != "save":
            return self._show(form, request)
        try:
            save_design(by=login, programme=self.programme, design=form.design)
        except (DesignRefusedError, DesignUnprintableError) as error:
            form.refuse(refusal_text(error))
            return self._show(form, request)
        messages.success(request, _("Saved. Certificates are printed like this from now on."))
        return redirect(request.path)

    def _show(self, form: DesignForm, request: HttpRequest) -> HttpResponse:
        language = _language_asked(request)
        names = [str(self.programme.uuid)] if self.programme else []
        context = self.get_context_data(
            form=form,
            sample_language=language,
            sample_languages=[(each["code"], each["name"]) for each in form.languages],
            picture_url=reverse(PICTURE if self.programme else USUAL_PICTURE, args=names),
            picture=_picture_or_none(form.design, language, self.programme),
            is_draft=print_language(language) != language,
        )
        return self.render_to_response(context)


class DesignPictureView(_DesignPage):
    """The picture of what stands in the form, for the script beside it. It writes nothing."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Return a PNG, or the sentences that say why there is none."""
        form = DesignForm(_stored_of(self.programme), request.POST, request.FILES)
        if not form.is_valid():
            return JsonResponse({"problems": form.error_texts()}, status=422)
        try:
            picture = _picture(form.design, _language_asked(request), self.programme)
        except DesignUnprintableError as error:
            return JsonResponse({"problems": [refusal_text(error)]}, status=422)
        return HttpResponse(picture, content_type="image/png")


def designs_something(login: Any) -> bool:
    """Tell whether a login decides how any certificates look."""
    return may_design(login, None) or policy.DESIGN_PROGRAMMES.filter(Programme.objects.all(), login).exists()


def refusal_text(error: DesignRefusedError | DesignUnprintableError) -> str:
    """Return what was wrong with a design, in words for the reader."""
    if isinstance(error, DesignRefusedError):
        return str(error.text)
    cause = error.cause
    if isinstance(cause, UnprintableTextError):
        letters = " ".join(cause.characters)
        return _("Our fonts have no such letters: %(letters)s. Nothing was saved.") % {"letters": letters}
    if cause.code == "certificates.pdf.text_too_long":
        return _("A text is too long for its place on the page. Nothing was saved. Make it shorter.")
    return _("A certificate could not be printed like this. Nothing was saved.")


def _programme_at_door(login: Any, uuid: UUID) -> Programme:
    programme: Programme | None = Programme.objects.filter(uuid=uuid).first()
    if programme is None:
        raise Http404
    if not may_design(login, programme):
        if policy.PROGRAMMES.allows(login, programme):
            raise PermissionDenied
        raise Http404
    return programme


def _stored_of(programme: Programme | None) -> Design:
    """Return the design that is printed now: the programme's own, else the usual one to begin with."""
    rows = CertificateDesign.objects
    own = rows.filter(programme=programme).first()
    return stored(own or rows.filter(programme=None).first())


def _language_asked(request: HttpRequest) -> Language:
    asked = request.POST.get("sample_language") or (get_language() or "en").partition("-")[0]
    return next((code for code in LANGUAGES if code == asked), "en")


def _picture(design: Design, language: Language, programme: Programme | None) -> bytes:
    return sample_picture(
        design, language, timezone.now().date(), shows_hijri=bool(programme and programme.shows_hijri)
    )


def _picture_or_none(design: Design, language: Language, programme: Programme | None) -> str:
    """Return the picture as a data address: the page is whole without JavaScript."""
    try:
        picture = _picture(design, language, programme)
    except DesignUnprintableError:
        return ""
    return "data:image/png;base64," + base64.b64encode(picture).decode()
