"""Whether work with a client goes on, as the directory says it."""

from __future__ import annotations

from uuid import UUID

from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from clients.models import Client, ClientStatus, ClientSummary
from clients.services.change import begin_change


def set_status(*, client_id: UUID, status: ClientStatus, by: Actor) -> None:
    """Writes the status into the directory and the summary. What happened is told by the event of whoever calls.

    Raises NotYours unless identity and consents are open for writing.
    """
    begin_change(client_id=client_id, data_class=DataClass.CONSENT, by=by)
    change = begin_change(client_id=client_id, data_class=DataClass.IDENTITY, by=by)
    rows = Client.objects.filter(client_id=client_id).exclude(status=status)
    if rows.update(status=status, changed_at=change.at, changed_by=change.by):
        ClientSummary.objects.filter(client_id=client_id).update(status=status)
