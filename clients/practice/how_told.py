"""How something was told to a client: in which language, through whom, with what to help (CONS-1)."""

from __future__ import annotations

from django import forms

from careplan.ui.forms import Form
from clients.models import Client, Identity, InterpreterMode, Told
from clients.selectors.caring import may_read
from clients.selectors.head import RecordHead


class HowToldForm(Form):
    """The three things a consent keeps about its telling; each can stay empty."""

    told_in = forms.CharField(label="Language it was told in", required=False, max_length=100)
    interpreter = forms.CharField(label="Interpreter", required=False, max_length=200)
    reading_aids = forms.CharField(label="What helped with reading", required=False, max_length=200)


def known_of(head: RecordHead) -> dict[str, str]:
    """What is known beforehand and may stand on this reader's screen. One query."""
    client = Client.objects.select_related("identity").get(client_id=head.client_id)
    identity: Identity = client.identity
    interprets = identity.interpreter_needed == Told.YES and may_read(identity.interpreter_visibility, head.roles)
    mode = str(InterpreterMode(identity.interpreter_mode).label) if identity.interpreter_mode else ""
    return {"told_in": client.language, "interpreter": (mode or "Yes") if interprets else ""}
