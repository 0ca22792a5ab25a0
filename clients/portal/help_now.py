"""Need help now: people to call, text or write to, by country, for anybody, signed in or not (UI-2, SAFE-5)."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from careplan.ui.pages import open_page, render
from clients.safety.lines import CHECKED_WORDS, KIND_WORDS, Checked, CrisisLine, Kind, directory

ELSEWHERE = "other"
FIRST = "US"
BY_LANGUAGE = {
    "en-us": "US",
    "en-gb": "GB-ENG",
    "en-au": "AU",
    "en-nz": "NZ",
    "en-ca": "CA",
    "fr-ca": "CA",
    "nl": "NL",
    "nl-nl": "NL",
}


@dataclass(frozen=True)
class ShownLine:
    """A line with what we say about our own check of it."""

    line: CrisisLine
    mark: str
    checked_on: date | None


@open_page
@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """The lines of the country and the kind asked for; without a country, the likely one."""
    known = directory()
    code = request.GET.get("country") or _likely(request)
    kind = _kind(request.GET.get("kind", ""))
    country = known.country(code)
    emergency = known.emergency(code)
    return render(
        request,
        "clients/help_now.html",
        {
            "countries": known.countries,
            "country": country,
            "chosen": country.code if country else ELSEWHERE,
            "elsewhere": ELSEWHERE,
            "kinds": KIND_WORDS.items(),
            "kind": kind,
            "emergency": _shown(emergency) if emergency else None,
            "lines": [_shown(line) for line in known.for_kind(code, kind)],
            "fallback": known.fallback,
        },
    )


def _likely(request: HttpRequest) -> str:
    """The country of the browser's first language. A guess, with the list to change it beside it."""
    first = request.headers.get("Accept-Language", "").split(",")[0].split(";")[0].strip().lower()
    return BY_LANGUAGE.get(first, FIRST)


def _kind(asked: str) -> Kind:
    return Kind(asked) if asked in set(Kind) else Kind.ANY


def _shown(line: CrisisLine) -> ShownLine:
    checked = line.checked(timezone.localdate())
    return ShownLine(line, str(CHECKED_WORDS.get(checked, "")), line.verified_on if checked is Checked.LATELY else None)
