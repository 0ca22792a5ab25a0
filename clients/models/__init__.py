"""Every model of the clients' records."""

from clients.models.about import AboutLine, Identity, InterpreterMode, MayKnow, PersonAround, Topic
from clients.models.client import Client, ClientStatus, ClientSummary, LimitsState
from clients.models.consent import (
    DENYING,
    KEPT_BY_PEOPLE,
    OPEN_STATES,
    THIRD_PARTIES,
    Consent,
    ConsentKind,
    ConsentState,
    Effect,
    LimitsCardTold,
    RecipientKind,
    TeachBack,
    ToldFirst,
)
from clients.models.contact import Contact
from clients.models.contact_card import CHANNEL_KINDS, ChannelState, ContactCard
from clients.models.diagnosis import (
    Certainty,
    CodeSystem,
    Diagnosis,
    DiagnosisEnd,
    DiagnosisView,
    DiagnosisWording,
)
from clients.models.disclosure import Basis, Disclosure, Mandate, Through
from clients.models.draft import FormDraft
from clients.models.ledger import LedgerDelay, LedgerQuestion
from clients.models.quiet import BigSteps, Hidden, Part, Quiet, Shows, TuckedAway
from clients.models.said import How, Told, Visibility

__all__ = [
    "CHANNEL_KINDS",
    "DENYING",
    "KEPT_BY_PEOPLE",
    "OPEN_STATES",
    "THIRD_PARTIES",
    "AboutLine",
    "Basis",
    "BigSteps",
    "Certainty",
    "ChannelState",
    "Client",
    "ClientStatus",
    "ClientSummary",
    "CodeSystem",
    "Consent",
    "ConsentKind",
    "ConsentState",
    "Contact",
    "ContactCard",
    "Diagnosis",
    "DiagnosisEnd",
    "DiagnosisView",
    "DiagnosisWording",
    "Disclosure",
    "Effect",
    "FormDraft",
    "Hidden",
    "How",
    "Identity",
    "InterpreterMode",
    "LedgerDelay",
    "LedgerQuestion",
    "LimitsCardTold",
    "LimitsState",
    "Mandate",
    "MayKnow",
    "Part",
    "PersonAround",
    "Quiet",
    "RecipientKind",
    "Shows",
    "TeachBack",
    "Through",
    "Told",
    "ToldFirst",
    "Topic",
    "TuckedAway",
    "Visibility",
]
