"""How the desk speaks of the client: by the name they use and their pronouns, never by a guess."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

KNOWN = {"he": ("he", "his"), "she": ("she", "her"), "they": ("they", "their")}


@dataclass(frozen=True)
class Spoken:
    """A client in sentences: “until she answers”, “her words”."""

    client_id: UUID
    name: str
    pronouns: str = ""

    @property
    def they(self) -> str:
        """She, he, they; the name when the pronouns are others or not known."""
        return self._pair()[0]

    @property
    def their(self) -> str:
        """Her, his, their; “Tomek’s” when not known."""
        return self._pair()[1]

    def does(self, verb: str) -> str:
        """“she answers”, “they answer”."""
        return f"they {verb}" if self.they == "they" else f"{self.they} {verb}s"

    @property
    def answers(self) -> str:
        """“she answers”."""
        return self.does("answer")

    @property
    def reads(self) -> str:
        """“she reads”."""
        return self.does("read")

    @property
    def says(self) -> str:
        """“she says”."""
        return self.does("say")

    @property
    def whose(self) -> str:
        """“Roz’s”."""
        return f"{self.name}’s"

    def _pair(self) -> tuple[str, str]:
        first = self.pronouns.split("/")[0].strip().lower()
        return KNOWN.get(first, (self.name, self.whose))


def capital(sentence: str) -> str:
    """The sentence with a capital first letter."""
    return sentence[:1].upper() + sentence[1:]
