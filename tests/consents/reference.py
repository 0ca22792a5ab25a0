"""The decision about a consent in plain Python, written from CONS-2 and CONS-3 and not from the database (CONS-3)."""

from dataclasses import dataclass

OUTSIDE = {"release", "billing"}
MACHINES = {"texts", "billing", "release"}
COUNTED_ONCE = {"withdrawn", "replaced"}


@dataclass(frozen=True)
class Given:
    """One consent; moments are whole hours from now, `ended` is when it was withdrawn or replaced."""

    who: int
    kind: str
    effect: str
    to: str
    scope: frozenset[str]
    since: int
    until: int | None
    state: str
    ended: int
    words: str
    kept: bool

    def counts(self, at: int) -> bool:
        inside = self.since <= at and (self.until is None or at < self.until)
        return inside and (self.state == "given" or (self.state in COUNTED_ONCE and at < self.ended))

    def covers(self, data: str | None) -> bool:
        return data is None or data in self.scope

    def binds_a_machine(self) -> bool:
        return self.kind in MACHINES and bool(self.words) and not self.kept


@dataclass(frozen=True)
class Law:
    to: str
    scope: frozenset[str]
    since: int
    until: int

    def asks(self, to: str, data: str | None, at: int) -> bool:
        return self.to.lower() == to.lower() and data in self.scope and self.since <= at < self.until


def decide(consents, laws, deciders, purpose, to, data, at):
    """PERMIT, DENY or NO_CONSENT; `deciders` are pairs of who and since when."""
    if (purpose in OUTSIDE) != bool(to):
        return "DENY"
    if to and any(law.asks(to, data, at) for law in laws):
        return "PERMIT"
    if any(forbids(each, purpose, to, data) and each.counts(at) for each in consents if each.effect == "deny"):
        return "DENY"
    yes = [
        each
        for each in consents
        if (each.effect, each.kind, each.to.lower()) == ("permit", purpose, to.lower())
        and each.counts(at)
        and each.covers(data)
        and not each.binds_a_machine()
    ]
    said = {each.who for each in yes}
    for each in yes:
        if all(who in said for who, since in deciders if since <= each.since):
            return "PERMIT"
    return "PERMIT" if purpose == "consultation" else "NO_CONSENT"


def forbids(deny, purpose, to, data):
    about = (
        deny.kind == purpose or (deny.kind == "restriction" and to) or (deny.kind, purpose) == ("self_pay", "billing")
    )
    return about and deny.to.lower() in ("", to.lower()) and (data is None or not deny.scope or data in deny.scope)
