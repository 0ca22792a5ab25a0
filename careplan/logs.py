"""What a log line may say: ids and counts, never content (AUD-4)."""

import logging
import traceback
from copy import copy
from types import TracebackType


class WithoutContent(logging.Formatter):
    """Formats an exception as its way through the code and its kind. Its message could quote what somebody wrote:
    the database names the row that it refuses."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; whatever another handler made of the exception before is not used."""
        own = copy(record)
        own.exc_text = None
        return super().format(own)

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """Each exception of the chain, the first one first, with its frames and without its words."""
        return "\n".join(_told(error) for error in reversed(_chain(ei[1])))


def _chain(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found


def _told(error: BaseException) -> str:
    frames = "".join(traceback.format_tb(error.__traceback__))
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    rule = getattr(getattr(error, "diag", None), "constraint_name", None)
    return f"Traceback (most recent call last):\n{frames}{kind}" + (f" ({rule})" if rule else "")
