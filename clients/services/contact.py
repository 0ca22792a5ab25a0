"""How a client is reached, changed (CLIENT-2)."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import datetime, time
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.canonical import clean_text
from careplan.errors import Refused
from careplan.ledger import record
from clients.models import Contact
from clients.services.change import begin_change, clean_line, ensure_unmoved

A_PHONE = re.compile(r"^[+(]?[0-9][0-9 ()./-]{2,30}$")
AN_ADDRESS = re.compile(r"^[^@\s]+@[^@\s]+$")


@dataclass(frozen=True)
class ContactRules:
    """The channels a client said yes to, the addresses, and what to take care with. All optional."""

    phone: str = ""
    email: str = ""
    address: str = ""
    call_ok: bool = False
    voicemail_ok: bool = False
    text_ok: bool = False
    email_ok: bool = False
    post_ok: bool = False
    discreet: bool = False
    shared_phone: bool = False
    do_not_contact: bool = False
    quiet_from: time | None = None
    quiet_until: time | None = None
    most_a_week: int | None = None
    care_with: str = ""


def update_contact(*, client_id: UUID, rules: ContactRules, by: Actor, seen: datetime | None = None) -> None:
    """Keeps the rules as they are now. Raises Refused, or Conflict when `seen` is no longer the row's moment."""
    columns = contact_columns(rules)
    change = begin_change(client_id=client_id, data_class=DataClass.CONTACT, by=by)
    row = Contact.objects.get(client_id=client_id)
    ensure_unmoved(row.changed_at, seen)
    changed = sorted(name for name, value in columns.items() if getattr(row, name) != value)
    if not changed:
        return
    Contact.objects.filter(client_id=client_id).update(**columns, changed_at=change.at, changed_by=change.by)
    record(
        kind="client.contact_changed",
        client_id=client_id,
        object_type="contact",
        object_id=row.id,
        detail={"fields": changed},
    )


def contact_columns(rules: ContactRules) -> dict[str, object]:
    """The rules as they are kept. Raises Refused for a channel without its address, or half a quiet time."""
    said = asdict(rules)
    kept = {**said, **{name: clean_line(said[name]) for name in ("phone", "email")}}
    kept |= {name: clean_text(said[name]) for name in ("address", "care_with")}
    _ensure_reachable(ContactRules(**kept))
    return kept


def _ensure_reachable(rules: ContactRules) -> None:
    if rules.phone and not A_PHONE.match(rules.phone):
        raise Refused(_("That phone number has something in it that can’t be dialled."))
    if rules.email and not AN_ADDRESS.match(rules.email):
        raise Refused(_("That e-mail address needs a name, an @ and a place."))
    if (rules.call_ok or rules.voicemail_ok or rules.text_ok) and not rules.phone:
        raise Refused(_("Add the phone number they said yes to."))
    if rules.email_ok and not rules.email:
        raise Refused(_("Add the e-mail address they said yes to."))
    if rules.post_ok and not rules.address:
        raise Refused(_("Add the address they said yes to."))
    if (rules.quiet_from is None) != (rules.quiet_until is None):
        raise Refused(_("A quiet time needs both its beginning and its end."))
