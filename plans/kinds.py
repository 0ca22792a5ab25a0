"""The words of a plan: every list of known values, with the label a person reads."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ItemKind(TextChoices):
    """What a line of a plan is."""

    STATEMENT = "statement", _("Statement")
    GOAL = "goal", _("Goal")
    OBJECTIVE = "objective", _("Objective")
    INTERVENTION = "intervention", _("What we’ll do")


class StatementType(TextChoices):
    """What a statement is about (PLAN-2), in the order in which a plan shows them."""

    GOING_FOR_ME = "going_for_me", _("What I have going for me")
    BRINGS_ME = "brings_me", _("What brings me here")
    HOPE = "hope", _("What I hope for")
    WORRIES = "worries", _("What worries me about this")
    IN_THE_WAY = "in_the_way", _("What gets in the way")
    TIME_TO_STOP = "time_to_stop", _("We’ll know it’s time to stop when")
    LOOK_AGAIN = "look_again", _("Look again on")


class Part(TextChoices):
    """The parts of an item that an answer can be about (PLAN-5b)."""

    CLIENT_WORDS = "client_words", _("The client’s words")
    CLINICAL_WORDING = "clinical_wording", _("Clinical wording")
    DETAILS = "details", _("Details")


class PlanStatus(TextChoices):
    """How a plan stands."""

    DRAFT = "draft", "Not agreed yet"
    ACTIVE = "active", "Active"
    ON_HOLD = "on_hold", "On hold"
    COMPLETED = "completed", "Completed"
    ENDED_EARLY = "ended_early", "Ended early"
    SUPERSEDED = "superseded", "Replaced by another plan"
    ENTERED_IN_ERROR = "entered_in_error", "Entered in error"


class Progress(TextChoices):
    """How the work on an item stands: the one thing about an item that is stored."""

    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    PAUSED = "paused", "Paused"
    MET = "met", "Met"
    PARTLY_MET = "partly_met", "Partly met"
    NOT_MET = "not_met", "Not met"
    DROPPED = "dropped", "Dropped"
    REPLACED = "replaced", "Replaced"


class Choice(TextChoices):
    """The four answers (PLAN-4)."""

    YES = "yes", _("Yes")
    YES_WITH_CHANGES = "yes_with_changes", _("Yes, with changes")
    NOT_NOW = "not_now", _("Not now")
    NO = "no", _("No thanks")


class How(TextChoices):
    """How an answer was given (PLAN-16)."""

    BY_PROPOSING = "by_proposing", "By proposing it"
    OWN_HAND_PORTAL = "own_hand_portal", "Own hand, in the portal"
    OWN_HAND_PRACTICE = "own_hand_practice", "Own hand, on the practice’s device"
    SAID_IN_SESSION = "said_in_session", "Said in session, recorded"
    PHONE_OR_VIDEO = "phone_or_video", "By phone or video, recorded"
    ON_PAPER = "on_paper", "On paper"


RECORDED_HOW = (How.OWN_HAND_PRACTICE, How.SAID_IN_SESSION, How.PHONE_OR_VIDEO, How.ON_PAPER)
"""How an answer can be given that staff write down."""


class PartyKind(TextChoices):
    """Why somebody is asked: only an assent is asked beside and not waited for (PLAN-5a)."""

    DECIDER = "decider", "Decides"
    ASSENT = "assent", "Is asked beside"
    THERAPIST = "therapist", "The therapist"
    DOER = "doer", "Will do it"


class Role(TextChoices):
    """As what somebody wrote or answered, kept as it was then."""

    CLIENT = "client", "Client"
    GUARDIAN = "guardian", "Guardian"
    SUPPORTER = "supporter", "Supporter"
    LEAD = "lead", "Therapist"
    CO_THERAPIST = "co_therapist", "Co-therapist"
    COVER = "cover", "Covering therapist"
    SUPERVISOR = "supervisor", "Supervisor of record"
    TRAINEE = "trainee", "Trainee"
    STAFF = "staff", "Staff"


THERAPIST_ROLES = (Role.LEAD, Role.CO_THERAPIST)
"""Who is “the therapist”; nobody else substitutes (PLAN-5e)."""

CLIENT_SIDE = (Role.CLIENT, Role.GUARDIAN, Role.SUPPORTER)
"""Roles that are not staff."""


class SheetKind(TextChoices):
    """What a sheet in the room is for (PLAN-16)."""

    FIRST_PLAN = "first_plan", "First plan"
    REVIEW = "review", "Review"


class Copy(TextChoices):
    """What became of the printed copy."""

    NOT_ASKED = "", "Not offered yet"
    TAKEN = "taken", "Offered, taken"
    NOT_TAKEN = "not_taken", "Offered, not taken"


class Way(TextChoices):
    """How a client wants to answer what was sent (PLAN-17)."""

    NOT_SAID = "", "Not said yet"
    ONE = "one", "One at a time"
    PAGE = "page", "All on one page"
    NEXT_TIME = "next_time", "Together, next time"


class RestScope(TextChoices):
    """What rests because the client said so (PLAN-14)."""

    ITEM = "item", "A line"
    PLAN = "plan", "The plan"
    EVERYTHING = "everything", "Everything"
    THERAPY = "therapy", "Ended"


class NumberWhy(TextChoices):
    """Why a version got a number for people (PLAN-8)."""

    PRINTED = "printed", "Printed"
    SIGN_OFF = "sign_off", "Sent for sign-off"
    REVIEWED = "reviewed", "Reviewed"
    EXPORTED = "exported", "Exported"
    BILLING = "billing", "Read by billing"


class Pace(TextChoices):
    """How much a client wants to be asked (PLAN-20)."""

    STEADY = "steady", "Steady"
    SLOWER = "slower", "Slower"
    LISTENING = "listening", "Just listening for now"


PACE_CAPS = {Pace.STEADY: 3, Pace.SLOWER: 1, Pace.LISTENING: 0}
"""New proposals by staff in one session, outside a first plan; a day where there are no sessions."""


class LifeArea(TextChoices):
    """Where in life a goal lies."""

    NONE = "", "Not said"
    HOME = "home", _("Home and daily life")
    WORK = "work", _("Work, study, money")
    PEOPLE = "people", _("Family, friends, love")
    BODY = "body", _("Body, sleep, health")
    MIND = "mind", _("Feelings and thoughts")
    USE = "use", _("Drink, drugs, habits")
    MEANING = "meaning", _("Faith, meaning, pleasure")
    SAFETY = "safety", _("Safety and housing")


class ExpressedBy(TextChoices):
    """Whose goal it is (PLAN-1), whoever wrote it down."""

    CLIENT = "client", _("The client’s")
    TOGETHER = "together", _("Of both together")
    GUARDIAN = "guardian", _("A guardian’s")
    THERAPIST = "therapist", _("The therapist’s")


class Visibility(TextChoices):
    """Who sees a goal."""

    CARE_TEAM = "care_team", _("The client and the care team")
    WITH_PROXY = "with_proxy", _("Also a guardian or supporter")


class Doer(TextChoices):
    """Who will do an intervention (PLAN-5b)."""

    CLIENT = "client", _("The client")
    THERAPIST = "therapist", _("The therapist")
    PERSON = "person", _("Somebody else")


class FrequencyUnit(TextChoices):
    """What a frequency counts in."""

    DAY = "day", _("day")
    WEEK = "week", _("week")
    MONTH = "month", _("month")
    SESSION = "session", _("session")
    ONCE = "once", _("once")


class DurationUnit(TextChoices):
    """What a duration counts in."""

    SESSIONS = "sessions", _("sessions")
    WEEKS = "weeks", _("weeks")
    MONTHS = "months", _("months")


class Statement(TextChoices):
    """What somebody can say of a version, four equal ways (PLAN-10). The last makes no signature."""

    MINE = "mine", "This is my plan"
    PARTS = "parts", "I agree with parts of it"
    TOOK_PART = "took-part", "I took part, and I don’t agree"
    RATHER_NOT = "rather_not", "I’d rather not sign"


class RequestState(TextChoices):
    """How far a request to sign is."""

    REQUESTED = "requested", "Asked"
    OPENED = "opened", "Read"
    QUESTIONS = "questions", "A question first"
    SIGNED = "signed", "Signed"
    DECLINED = "declined", "Would rather not sign"
    UNABLE = "unable", "Not able to sign"
    EXPIRED = "expired", "No longer asked"


class SignMethod(TextChoices):
    """How a signature was made: always by the signer's own hand, their password or passkey given again."""

    PORTAL = "portal", "Own hand, in the portal"
    PRACTICE = "practice", "Own hand, at work"


class NotSigned(TextChoices):
    """Why a version isn't signed, as staff note it."""

    DECLINED = "declined", "Declined"
    UNABLE = "unable", "Unable"
    NOT_REACHED = "not_reached", "Not reached"
    NOT_OFFERED = "not_offered", "Not offered yet"
    NOT_ADVISABLE = "not_advisable", "Not advisable now"


class AttemptHow(TextChoices):
    """How somebody tried to reach a signer."""

    IN_PERSON = "in_person", "In person"
    PHONE = "phone", "By phone"
    VIDEO = "video", "By video"
    PORTAL = "portal", "In the portal"
    LETTER = "letter", "By letter"


class SignatureStatus(TextChoices):
    """How a plan stands as to signatures: what billing reads, and no more (BILL-1)."""

    SIGNED = "signed", "Signed"
    AGREED_IN_PART = "agreed_in_part", "Signed, agreeing with parts"
    TOOK_PART_DISAGREES = "took_part_disagrees", "Signed: took part, doesn’t agree"
    PREFERS_NOT = "prefers_not", "Prefers not to sign"
    VERBAL_RECORDED = "verbal_recorded", "Agreed aloud, recorded"
    DECLINED_DOCUMENTED = "declined_documented", "Declined, noted by staff"
    UNABLE = "unable", "Unable, noted by staff"
    NOT_REACHED = "not_reached", "Not reached, noted by staff"
    NOT_OFFERED = "not_offered", "Not offered yet"
    NOT_ADVISABLE = "not_advisable", "Not advisable now, noted by staff"
    CARRIED_OVER = "carried_over", "Carried over from another system"


SIGN_CODES = {
    Statement.MINE: "1.2.840.10065.1.12.1.7",
    Statement.PARTS: "1.2.840.10065.1.12.1.7",
    Statement.TOOK_PART: "1.2.840.10065.1.12.1.3",
}
"""ASTM E1762 purposes for a client's side: consent; co-participant."""

STAFF_SIGN_CODES = {
    Role.LEAD: "1.2.840.10065.1.12.1.1",
    Role.CO_THERAPIST: "1.2.840.10065.1.12.1.2",
    Role.SUPERVISOR: "1.2.840.10065.1.12.1.5",
}
"""ASTM E1762 purposes for staff: author, coauthor, verification."""


class SetBy(TextChoices):
    """Who demands something (PLAN-19)."""

    COURT = "court", _("A court")
    SCHOOL = "school", _("A school")
    EMPLOYER = "employer", _("An employer")
    LAW = "law", _("A law")
    OTHER = "other", _("Somebody else")


class Seen(TextChoices):
    """What a client can say of a requirement: nothing here is an agreement."""

    READ = "read", _("I’ve read it")
    DIFFERENTLY = "differently", _("I see it differently")


class Says(TextChoices):
    """As what something is written beside a line (PLAN-5b): only staff see the client's words differently."""

    COMMENT = "comment", "A comment"
    DIFFERENTLY = "differently", "I see it differently"
    CANNOT_OFFER = "cannot_offer", "What I can’t offer"
