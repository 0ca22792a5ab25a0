"""`{% load ui %}`: the components every template is made of."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import template
from django.conf import settings
from django.contrib.messages import get_messages
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString

from careplan import modules
from careplan.ui import fields, navigation
from careplan.ui.words import word_diff

register = template.Library()

SPRITE = "ui/icons/sprite.svg"
STATUS = {
    "agreed": ("tag-agreed", "circle-check", "Agreed"),
    "open": ("tag-open", "circle-dashed", "Open"),
    "changed": ("tag-open", "git-compare", "Changed, not agreed yet"),
    "waiting": ("", "pause", "Waiting"),
    "paused": ("", "pause", "Paused"),
    "none": ("", "circle-dashed", "None yet"),
    "off": ("tag-off", "circle-slash", "Off the table"),
}
MOST_PIPS = 24


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """One of the 36 icons, hidden from a screen reader: the word beside it says what it means."""
    css = f"icon {extra}".strip()
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', css, static(SPRITE), name)


@register.simple_tag
def demo_outbox() -> str:
    """The address of the demo's outbox, and nothing where there is none."""
    return reverse("outgoing:outbox") if settings.DEMO and settings.OUTBOX else ""


@register.simple_tag
def tag(kind: str, words: str = "", icon_name: str = "") -> SafeString:
    """A status: a shape and a word first, colour third."""
    css, shape, default = STATUS[kind]
    classes = f"tag {css}".strip()
    return format_html('<span class="{}">{}{}</span>', classes, icon(icon_name or shape), words or default)


@register.inclusion_tag("ui/components/pips.html")
def pips(agreed: int, open: int = 0, off: int = 0, waiting: int = 0, sentence: bool = True) -> dict[str, Any]:
    """Coverage as little squares and, unless `sentence` is false, in words: “10 of 12 agreed, 1 open”."""
    total = agreed + open + off + waiting
    drawn = total <= MOST_PIPS
    return {
        "agreed": range(agreed if drawn else 0),
        "open": range(open + waiting if drawn else 0),
        "off": range(off if drawn else 0),
        "words": _coverage(agreed, open, off, waiting, total) if sentence else "",
    }


def _coverage(agreed: int, open: int, off: int, waiting: int, total: int) -> str:
    if not total:
        return "Nothing yet"
    parts = [f"{agreed} of {total} agreed"]
    parts += [f"{open} open"] if open else []
    parts += [f"{waiting} waiting"] if waiting else []
    parts += [f"{off} off the table"] if off else []
    return ", ".join(parts)


@register.simple_block_tag
def voice(content: str, whose: str, who: str = "", large: bool = False, locked: bool = False) -> SafeString:
    """Words of `client` (serif, pine) or `staff` (sans, clay), under who said them."""
    if whose not in ("client", "staff"):
        raise ValueError("a voice is client or staff")
    context = {"content": content, "whose": whose, "who": who, "large": large, "locked": locked}
    return render_to_string("ui/components/voice.html", context)


@register.simple_tag
def words(text: str) -> SafeString:
    """A person's text in paragraphs, as they wrote it: blank lines part paragraphs, line breaks stay."""
    return SafeString(linebreaks(text, autoescape=True))


@register.inclusion_tag("ui/components/diff.html")
def diff(
    before: str, after: str, before_label: str = "Before", after_label: str = "After", level: int = 3
) -> dict[str, Any]:
    """Before and after side by side, what went and what came marked word by word."""
    old, new = word_diff(before, after)
    return {"before": old, "after": new, "before_label": before_label, "after_label": after_label, "level": level}


@register.simple_block_tag
def notice(content: str, icon_name: str = "info", changed: bool = False, role: str = "") -> SafeString:
    """Something to know. `changed` in clay; `role="status"` when it appears after an action."""
    context = {"content": content, "icon": icon_name, "changed": changed, "role": role}
    return render_to_string("ui/components/notice.html", context)


@register.simple_block_tag
def done(content: str) -> SafeString:
    """A confirmation, read out when the page opens."""
    return render_to_string("ui/components/done.html", {"content": content})


@register.simple_block_tag
def empty(content: str, icon_name: str = "inbox", title: str = "", level: int = 2) -> SafeString:
    """A state that is not a fault: what isn't there yet, with the next step beside it."""
    context = {"content": content, "icon": icon_name, "title": title, "level": level}
    return render_to_string("ui/components/empty.html", context)


@register.inclusion_tag("ui/components/timeline.html")
def timeline(entries: Sequence[Any], small: bool = False) -> dict[str, Any]:
    """What happened: entries have `text` and `at`, and may have `staff` and `now`."""
    return {"entries": entries, "small": small}


@register.inclusion_tag("ui/components/pairs.html")
def pairs(rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """A key-value list of (label, text) or (label, text, url)."""
    return {"rows": [tuple(row) + (None,) * (3 - len(row)) for row in rows]}


@register.inclusion_tag("ui/components/link_list.html")
def link_list(links: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Big links of (label, url) or (label, url, what is behind it)."""
    return {"links": [tuple(link) + ("",) * (3 - len(link)) for link in links]}


@register.simple_tag
def field(bound: BoundField, **options: Any) -> SafeString:
    """A form field in the design's markup.

    Options: label, hint, hide_label, width ("short" | "wide"), voice ("client" | "staff"), extra (classes of the
    wrapper), shape ("checks" | "segments" | "scale" for radios); anything else becomes an attribute of the widget,
    with - for _ (rows=3, inputmode="numeric").
    """
    return fields.render_field(bound, **options)


@register.simple_tag
def answers(bound: BoundField | None = None, **options: Any) -> SafeString:
    """The four equal answers (UI-1), or staff's three when the field is a StaffAnswerField.

    Options: name and value (instead of a form field), legend, about (what is being answered, for a screen reader),
    hints (a set's name: new, changed, in_force, staff; or a mapping), row, staff, words and until (bound fields that
    show by CSS after “Yes, with changes” and “Not now”), scope ("line" | "form"), words_label, until_label.
    """
    return fields.render_answers(bound, **options)


@register.simple_tag
def error_summary(*forms: BaseForm) -> SafeString:
    """What is still to finish, with a link to each field; takes focus. Nothing when there are no errors."""
    return fields.render_summary(forms)


@register.simple_tag(takes_context=True)
def flash(context: template.Context) -> SafeString:
    """What was just done, once."""
    request = navigation.request_of(context)
    told = [str(message) for message in get_messages(request)] if request else []
    return SafeString("".join(render_to_string("ui/components/done.html", {"content": said}) for said in told))


@register.simple_tag(takes_context=True)
def menu_entries(context: template.Context) -> list[navigation.Place]:
    """The practice's menu for this person, the current place marked."""
    return navigation.menu(navigation.request_of(context))


@register.simple_tag(takes_context=True)
def portal_entries(context: template.Context) -> list[navigation.Place]:
    """A client's own menu. A page that belongs to an entry it does not lie below says so in `current_entry`."""
    return navigation.portal_menu(navigation.request_of(context), context.get("current_entry"))


@register.simple_tag(takes_context=True)
def record_entries(context: template.Context) -> list[navigation.Place]:
    """The tabs of the record on screen, the current one marked."""
    return navigation.tabs(navigation.request_of(context), context["record"].client_id, context.get("current_tab"))


@register.simple_tag(takes_context=True)
def goal_entries(context: template.Context, client_id: UUID, item_id: UUID) -> list[tuple[str, str]]:
    """What other apps let staff do for a goal: (label, url)."""
    return navigation.goal_links(navigation.request_of(context), client_id, item_id)


@register.simple_tag(takes_context=True)
def is_there(context: template.Context, url_name: str) -> bool:
    """Whether the practice uses the module that a page belongs to (UI-10)."""
    return not modules.is_off(navigation.request_of(context), url_name)


@register.simple_tag(takes_context=True)
def person_name(context: template.Context) -> str:
    """The name of the person who is signed in."""
    return navigation.person_name(navigation.request_of(context))


@register.simple_tag(takes_context=True)
def turned(context: template.Context) -> str:
    """The address of the sheet the device is turned to, or ''."""
    return navigation.turned_url(navigation.request_of(context))


@register.simple_tag(takes_context=True)
def idle_seconds(context: template.Context) -> int:
    """Seconds without a sign of life after which the session ends."""
    return navigation.idle_seconds(navigation.request_of(context))


@register.filter
def day(when: date | datetime | None) -> str:
    """May 5, 2026; without the year when it is this one."""
    if when is None:
        return ""
    local = timezone.localtime(when) if isinstance(when, datetime) and timezone.is_aware(when) else when
    pattern = "F j" if local.year == timezone.localdate().year else "F j, Y"
    return formats.date_format(local, pattern)


@register.filter
def clock(when: datetime | None) -> str:
    """2:12 pm."""
    if when is None:
        return ""
    local = timezone.localtime(when) if timezone.is_aware(when) else when
    return local.strftime("%I:%M %p").lstrip("0").lower()


@register.simple_tag
def moment(when: datetime | date | None, with_clock: bool = False) -> SafeString:
    """A <time> a person can read and a machine too."""
    if not when:
        return SafeString("")
    said = day(when)
    if with_clock and isinstance(when, datetime):
        said = f"{said}, {clock(when)}"
    return format_html('<time datetime="{}">{}</time>', when.isoformat(), said)
