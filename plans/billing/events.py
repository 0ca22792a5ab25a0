"""What happens about money, in a sentence for the client and one for staff (AUD-2)."""

from __future__ import annotations

from careplan.ledger.catalogue import declare

SENTENCES: dict[str, tuple[str, str]] = {
    "billing.begun": ("The practice began to prepare bills for your sessions.", "{who} began this record’s billing."),
    "billing.details_changed": (
        "{who} changed what a bill has to say about you.",
        "{who} changed what a claim says about the client.",
    ),
    "coverage.added": ("{who} added who pays for your sessions.", "{who} added a coverage."),
    "coverage.ended": ("{who} ended who pays for your sessions.", "{who} ended a coverage."),
    "authorisation.added": ("{who} noted that sessions were authorised.", "{who} added an authorisation."),
    "external_id.set": ("A billing system noted its own number for you.", "{who} set an id of another system."),
    "charge.made": ("A session became a charge.", "{who} made a charge ({after})."),
    "charge.moved": ("A charge went from {before} to {after}.", "{who} moved a charge from {before} to {after}."),
    "charge.changed": ("{who} changed a charge.", "{who} changed a charge."),
    "charge.held": ("Charges that had not been sent are held. You choose.", "Charges not yet sent are held."),
    "charge.released": ("You let a held charge go.", "The client let a held charge go to whom it was held for."),
    "charge.self_pay": ("You pay for a session yourself. It is not sent.", "The client pays; the charge is not sent."),
    "charge.sent": ("A charge was handed to the billing system.", "A charge was handed to a recipient."),
    "billing.told": (
        "A billing system was told what it may have about you.",
        "A recipient was told what billing may have ({after}).",
    ),
    "charge.result": ("The payer answered about a charge ({after}).", "A charge’s result came in ({after})."),
}
KINDS = tuple(SENTENCES)

for _kind, (_client, _staff) in SENTENCES.items():
    declare(kind=_kind, client=_client, staff=_staff)
