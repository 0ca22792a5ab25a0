"""The one supervisor: starts the processes, restarts what dies, stops everything, leaves nothing behind."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from config.embedded.processes import Child

STEADY_AFTER = 30.0
LONGEST_PAUSE = 10.0
Say = Callable[[str], None]


class Stopped(Exception):
    """Somebody asked the supervisor to stop."""


class Failed(Exception):
    """A process could not do its work; the text says which, and how its log ends."""


@dataclass
class Watched:
    """A child, what tells that it works, and how often it has died lately."""

    child: Child
    ready: Callable[[int], bool]
    deaths: int = 0
    due_at: float = 0.0

    @property
    def pid(self) -> int:
        """Returns the process id, 0 before the first start."""
        return self.child.process.pid if self.child.process else 0

    def start(self) -> None:
        """Starts it."""
        self.due_at = 0.0
        self.child.start()

    def works(self) -> bool:
        """Returns whether it runs and does its work."""
        return self.due_at == 0.0 and self.child.ended() is None and self.ready(self.pid)

    def died(self) -> float:
        """Clears away what a dead child left; returns after how many seconds it starts again."""
        steady = time.monotonic() - self.child.started_at > STEADY_AFTER
        self.deaths = 1 if steady else self.deaths + 1
        self.child.clear()
        pause = 0.0 if self.deaths == 1 else min(0.25 * 2**self.deaths, LONGEST_PAUSE)
        self.due_at = time.monotonic() + pause
        return pause


@dataclass
class Supervisor:
    """Keeps its children running until it is asked to stop. `say` gets a sentence for whoever watches."""

    say: Say
    tiers: list[list[Watched]] = field(default_factory=list)
    asked: bool = False

    @contextmanager
    def on_duty(self) -> Iterator[Supervisor]:
        """Listens to Ctrl-C, SIGTERM and SIGHUP; whatever happens inside, every child is gone afterwards."""
        signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = {each: signal.signal(each, self._ask) for each in signals}
        try:
            yield self
        finally:
            for each in signals:
                signal.signal(each, signal.SIG_IGN)
            self.stop()
            for each, handler in before.items():
                signal.signal(each, handler)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self.asked = True

    def start(self, *watched: Watched) -> None:
        """Starts a tier of children at once. A later tier is stopped before an earlier one."""
        self.tiers.append(list(watched))
        for each in watched:
            each.start()

    def until(self, condition: Callable[[], bool], *, seconds: float, what: str) -> None:
        """Waits for a condition. Raises Stopped when asked to stop, Failed when time runs out or a child dies."""
        deadline = time.monotonic() + seconds
        while not condition():
            self._pause(0.03)
            self._raise_for_the_dead()
            if time.monotonic() > deadline:
                raise Failed(f"{what} did not answer within {seconds:.0f} seconds.\n{self._all_last_words()}")

    def ready(self, *watched: Watched, seconds: float = 60.0) -> None:
        """Waits until all of these do their work."""
        for each in watched:
            self.until(each.works, seconds=seconds, what=f"The {each.child.name}")

    def run(self, child: Child, *, seconds: float) -> None:
        """Runs a child to its end. Raises Failed with its last words when it fails."""
        self.tiers.append([Watched(child, lambda pid: True)])
        child.start()
        deadline = time.monotonic() + seconds
        while child.ended() is None and time.monotonic() < deadline:
            self._pause(0.03)
        self.tiers.pop()
        child.stop()
        if child.ended() != 0:
            raise Failed(f"{child.name} failed:\n{child.last_words(40)}")

    def watch(self) -> None:
        """Restarts whatever dies, until asked to stop."""
        while True:
            try:
                self._pause(0.2)
            except Stopped:
                return
            for watched in self._everyone():
                self._tend(watched)

    def _tend(self, watched: Watched) -> None:
        name = watched.child.name
        if watched.due_at:
            if time.monotonic() >= watched.due_at:
                watched.start()
        elif (ended := watched.child.ended()) is not None:
            pause = watched.died()
            when = f"in {pause:.0f} s" if pause >= 1 else "now"
            self.say(f"The {name} stopped ({_how(ended)}). It starts again {when}. Its log: {watched.child.log}")

    def stop(self) -> None:
        """Stops every child, the last started tier first, and waits until all they started is gone."""
        while self.tiers:
            tier = self.tiers.pop()
            for watched in tier:
                watched.child.ask_to_stop()
            for watched in tier:
                watched.child.stop()

    def _everyone(self) -> Sequence[Watched]:
        return [watched for tier in self.tiers for watched in tier]

    def _pause(self, seconds: float) -> None:
        if self.asked:
            raise Stopped
        time.sleep(seconds)
        if self.asked:
            raise Stopped

    def _raise_for_the_dead(self) -> None:
        for watched in self._everyone():
            ended = watched.child.ended()
            if ended is not None:
                raise Failed(
                    f"The {watched.child.name} stopped ({_how(ended)}).\n"
                    f"{watched.child.last_words()}\nIts log: {watched.child.log}"
                )

    def _all_last_words(self) -> str:
        return "\n".join(f"{each.child.name}: {each.child.last_words(5)}" for each in self._everyone())


def _how(ended: int) -> str:
    return f"signal {-ended}" if ended < 0 else f"exit code {ended}"
