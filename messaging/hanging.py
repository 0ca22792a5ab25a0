"""What this app hangs into the screens of the practice and of the portal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from careplan import hooks as kernel
from careplan.access.classes import DataClass
from careplan.hooks import Place
from careplan.modules import Module, modules
from careplan.outgoing import gate
from clients import hooks
from messaging.demo.calendar import seed_calendar
from messaging.demo.seeding import seed_talk
from messaging.everything import SECTIONS
from messaging.reminding import By
from messaging.selectors.appointments import next_session_panel
from messaging.selectors.calendar import today_sessions
from messaging.selectors.inbox import READS_MESSAGES, message_asks
from messaging.selectors.lines import lines_to_tuck
from messaging.selectors.offers import resources_to_tuck
from messaging.selectors.portal import new_panel, offered_panel
from messaging.selectors.reminders import reminder_may_leave
from messaging.selectors.thread import messages_to_tuck
from messaging.selectors.waiting import waiting_asks
from messaging.services.exactly import reminder_by


def hang() -> None:
    """Hangs everything, once, at start-up."""
    modules.hang(
        Module(
            "messages",
            "Messages",
            "threads with clients, read in office hours",
            ("messaging:inbox", "messaging:hours", "messaging:thread", "my_messages:thread"),
            order=10,
            panels=frozenset({"messages"}),
        )
    )
    modules.hang(
        Module(
            "library",
            "Library",
            "pieces to read that are offered to clients, and what they keep",
            (
                "messaging:library",
                "messaging:piece",
                "messaging:print_piece",
                "messaging:resources",
                "messaging:offer",
                "messaging:recall",
                "my_messages:resource",
            ),
            order=20,
            panels=frozenset({"resources"}),
        )
    )
    kernel.menu.add("Messages", "message-circle", "messaging:inbox", 40, roles=READS_MESSAGES)
    kernel.menu.add("Library", "book-open", "messaging:library", 50)
    kernel.record_tabs.add("Messages", "messaging:thread", 50)
    kernel.goal_links.add("Offer something for it", "messaging:offer", 10)
    kernel.more_links.add("Resources", "messaging:resources", 50)
    kernel.portal_menu.add(_("Messages"), "message-circle", "my_messages:thread", 40)
    kernel.portal_menu.add(_("Resources"), "book-open", "my_messages:resources", 50, wide_only=True)
    kernel.portal_more.add(_("Resources"), "my_messages:resources", 40, hint=_("Offered to me, kept, and my own"))
    kernel.portal_more.add(_("Messages"), "my_messages:thread", 30, hint=_("With the people who care for me"))
    kernel.portal_panels.add("messages", "messaging/panels/new.html", new_panel, set(), 30, Place.WAITING)
    kernel.portal_panels.add(
        "resources", "messaging/panels/offered.html", offered_panel, {DataClass.MESSAGE}, 40, Place.WAITING
    )
    kernel.demo_steps.hang(kernel.DemoStep("messages", seed_talk, order=50))
    kernel.demo_steps.hang(kernel.DemoStep("calendar", seed_calendar, order=70))
    hooks.asks.hang(hooks.AskSource("messages", message_asks, order=30))
    hooks.exact_views.hang(hooks.ExactView("texts", reminder_by(By.TEXT), frozenset(), order=10))
    hooks.exact_views.hang(hooks.ExactView("email", reminder_by(By.EMAIL), frozenset(), order=20))
    kernel.menu.add("Calendar", "calendar-days", "messaging:calendar", 30)
    kernel.today_panels.add("sessions", "messaging/panels/today_sessions.html", today_sessions, 10)
    kernel.portal_more.add(
        _("Appointments"), "my_messages:appointments", 20, hint=_("What comes, and asking for a time")
    )
    kernel.portal_panels.add(
        "next_session", "messaging/panels/next_session.html", next_session_panel, set(), 10, Place.TOP
    )
    kernel.record_tabs.add("Sessions", "messaging:sessions", 40)
    kernel.more_links.add("Reminders", "messaging:reminders", 25)
    kernel.portal_more.add(_("My reminders"), "my_messages:reminders", 25, hint=_("What, how, when and how many"))
    gate.checks.append(reminder_may_leave)
    hooks.asks.hang(hooks.AskSource("waiting", waiting_asks, order=40))
    tuckables, read = hooks.tuckables, frozenset({DataClass.MESSAGE})
    tuckables.hang(hooks.TuckSource("item", lines_to_tuck, frozenset({DataClass.PLAN}), order=10))
    tuckables.hang(hooks.TuckSource("message", messages_to_tuck, read, order=20))
    tuckables.hang(hooks.TuckSource("resource", resources_to_tuck, read, order=30))
    for section in SECTIONS:
        kernel.everything.hang(section)
