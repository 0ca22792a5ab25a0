"""The one gate for everything that leaves (REM-3, REM-8): neutral words, an allowed channel, sent once.

    enqueue(kind="invitation", to=Recipient(person_id=…, channel=Channel.EMAIL, address=…), link="/my/begin/…",
            key="invitation:…", practice_id=…)

A kind is declared once with its words (`careplan.outgoing.words.declare`), which hold no name and no topic. What may
not go is asked again at the moment of sending, by everybody who hung a check into `careplan.outgoing.gate.checks`.
"""

from careplan.outgoing.gate import Recipient, cancel, enqueue
from careplan.outgoing.models import Channel

__all__ = ["Channel", "Recipient", "cancel", "enqueue"]
