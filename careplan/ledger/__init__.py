"""The record of what happened: events, openings, and the proof that neither was changed (AUD-1, AUD-2)."""

from careplan.ledger.events import record

__all__ = ["record"]
