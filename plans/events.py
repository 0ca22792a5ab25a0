"""What can happen to a plan, in a sentence for the client and one for staff (AUD-2)."""

from __future__ import annotations

from careplan.ledger.catalogue import Visibility, declare

SENTENCES: dict[str, tuple[str, str]] = {
    "plan.started": ("A plan was started with you.", "{who} started a plan."),
    "plan.activated": (
        "Your plan began: the first line is agreed.",
        "The plan became active: its first line is agreed.",
    ),
    "plan.moved": ("Your plan went from {before} to {after}.", "{who} moved the plan from {before} to {after}."),
    "plan.read": (
        "{who}, who looks after it now, read your plan.",
        "{who} read the plan that was agreed before them.",
    ),
    "plan.version_made": ("What is in force in your plan changed.", "What is in force changed; a version was written."),
    "plan.version_numbered": ("A version of your plan got a number.", "{who} gave a version its number ({after})."),
    "plan.version_printed": ("A version of your plan was printed.", "{who} printed a version."),
    "item.proposed": ("A new line was proposed for your plan.", "{who} proposed a new line ({after})."),
    "item.reworded": ("A new wording was proposed for a line of your plan.", "{who} proposed a new wording."),
    "item.dictated": ("Your words were written down as you said them.", "{who} wrote down what the client said."),
    "item.asked_again": (
        "A line of your plan is asked about again: somebody joined who decides with you. The words are the same.",
        "A review asks about a line again, for somebody who joined those who decide.",
    ),
    "item.moved": ("It was proposed to move a line of your plan.", "{who} proposed to move a line."),
    "item.raised_again": (
        "Something you had taken off the table was raised again.",
        "{who} raised something again that was off the table.",
    ),
    "item.answered": ("An answer was given to a line of your plan ({after}).", "{who} answered ({after})."),
    "item.answer_recorded": (
        "An answer you gave was written down for you ({after}).",
        "{who} wrote down an answer ({after}).",
    ),
    "item.commented": (
        "Something was written beside a line of your plan.",
        "{who} wrote something beside a line of the plan.",
    ),
    "item.seen_differently": (
        "{who} wrote beside your words how they see it. Your words stay yours.",
        "{who} wrote how they see it beside the client’s words.",
    ),
    "item.cannot_offer": (
        "{who} wrote beside your words what they can’t offer.",
        "{who} wrote what they can’t offer beside the client’s words.",
    ),
    "item.progress": ("A line of your plan is now {after}.", "{who} set the progress from {before} to {after}."),
    "plan.reordered": ("Lines of your plan were put in another order.", "{who} put lines in another order."),
    "pace.set": ("Your pace was set to {after}.", "{who} wrote down the pace: {after}."),
    "goal.diagnosis_linked": ("A goal was linked to something.", "{who} linked a goal to a diagnosis."),
    "goal.diagnosis_unlinked": ("A goal is no longer linked to something.", "{who} unlinked a goal from a diagnosis."),
    "signature.requested": (
        "{who} asked you to sign a version of your plan.",
        "{who} asked for a signature.",
    ),
    "signature.opened": (
        "You looked at what you were asked to sign.",
        "The signer read what they were asked to sign.",
    ),
    "signature.questions": ("You said that you have a question first.", "The signer has a question first."),
    "signature.made": ("A version of your plan was signed ({after}).", "{who} signed a version ({after})."),
    "signature.declined": ("You said that you’d rather not sign.", "The signer would rather not sign."),
    "signature.ended": ("You are no longer asked to sign ({after}).", "{who} ended a request to sign ({after})."),
    "signature.not_signed": (
        "{who} noted why a version isn’t signed ({after}).",
        "{who} noted why a version isn’t signed ({after}).",
    ),
    "signature.attempt": (
        "{who} noted trying to reach you about signing.",
        "{who} noted an attempt to reach the signer ({after}).",
    ),
    "ask.sent": ("You were sent lines to answer, whenever you like.", "{who} sent lines to answer in the portal."),
    "ask.withdrawn": ("Lines you were sent to answer were taken back.", "{who} took back the lines sent to answer."),
    "ask.way_chosen": ("You chose how to answer ({after}).", "The client chose how to answer ({after})."),
    "pause.began": ("You asked for a pause ({after}).", "The client asked for a pause ({after})."),
    "pause.ended": ("A pause ended ({before}).", "{who} ended a pause ({before})."),
    "therapy.stopped": ("You stopped therapy here. Your pages stay yours.", "The client stopped therapy."),
    "therapy.taken_up": ("Therapy was taken up again.", "{who} took therapy up again."),
    "sheet.opened": ("A sheet was opened to talk through together.", "{who} opened a sheet ({after})."),
    "sheet.changed": ("How a sheet is filled in was noted.", "{who} noted how the sheet is filled in ({after})."),
    "sheet.turned": ("The device was turned to you.", "{who} turned the device to the client."),
    "sheet.handed_back": ("The device was handed back.", "The device was handed back."),
    "sheet.closed": ("The sheet you talked through was closed.", "{who} closed the sheet."),
    "sheet.copy": ("You were offered a printed copy ({after}).", "{who} offered a printed copy ({after})."),
    "requirement.set": (
        "Something that others ask of you was written down.",
        "{who} wrote down a requirement ({after}).",
    ),
    "requirement.ended": ("Something that others asked of you has ended.", "{who} ended a requirement."),
    "requirement.answered": (
        "You said how you see something that others ask of you.",
        "The client said how they see a requirement ({after}).",
    ),
    "requirement.answer_recorded": (
        "How you see something that others ask of you was written down.",
        "{who} wrote down how the client sees a requirement ({after}).",
    ),
}

KINDS = tuple(SENTENCES)

STAFF_ONLY = ("goal.diagnosis_linked", "goal.diagnosis_unlinked")  # the client may not know of the diagnosis yet

for _kind, (_client, _staff) in SENTENCES.items():
    _seen = Visibility.STAFF if _kind in STAFF_ONLY else Visibility.EVERYONE
    declare(kind=_kind, client=_client, staff=_staff, visibility=_seen)
