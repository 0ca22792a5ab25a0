"""What this app hangs into the practice's screens: menu, tabs, columns, asks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from careplan import hooks as kernel
from careplan.access.actor import Actor
from careplan.access.classes import DataClass
from careplan.outgoing import gate
from clients import hooks
from clients.demo import begin_own_pages, keep_what_stands_beside
from clients.demo_consents import seed_consents
from clients.everything import SECTIONS
from clients.selectors.columns import limits_column, limits_filter
from clients.selectors.directory import clock_of
from clients.selectors.first_day import waiting_permissions
from clients.selectors.ledger import lines_to_tuck
from clients.selectors.quiet import tucked_away
from clients.selectors.reaching import contact_says
from clients.selectors.today import licence_asks, record_asks


def nothing(by: Actor) -> None:
    """A part of Today that says the same to everybody."""


def hang() -> None:
    """Hangs everything, once, at start-up."""
    kernel.demo_steps.hang(kernel.DemoStep("beside", keep_what_stands_beside, order=60))
    kernel.demo_steps.hang(kernel.DemoStep("own_pages", begin_own_pages, order=10))
    kernel.menu.add("Today", "inbox", "clients:today", 10)
    kernel.menu.add("Clients", "users", "clients:list", 20)
    kernel.tell_clock(clock_of)
    kernel.tell_quiet(tucked_away)
    kernel.portal_menu.add(_("Home"), "house", "my:home", 10)
    kernel.portal_menu.add(_("More"), "ellipsis", "my:more", 90)
    kernel.portal_menu.add(_("Permissions"), "key-round", "my:permissions", 60)
    kernel.portal_more.add(_("My permissions"), "my:permissions", 10, hint=_("Who may get what, and stopping it"))
    kernel.portal_panels.add(
        "first_day",
        "clients/my/first_day_panel.html",
        waiting_permissions,
        {DataClass.CONSENT, DataClass.IDENTITY},
        30,
        kernel.Place.WAITING,
    )
    kernel.demo_steps.hang(kernel.DemoStep("consents", seed_consents, order=30))
    kernel.record_tabs.add("Overview", "clients:overview", 10)
    kernel.record_tabs.add("Consents & sharing", "clients:consents", 60)
    kernel.record_tabs.add("More", "clients:more", 70)
    kernel.more_links.add("About them", "clients:about", 10)
    kernel.more_links.add("How to reach them", "clients:contact", 20)
    kernel.more_links.add("People around them", "clients:people", 30)
    kernel.more_links.add("Who decides", "clients:deciders", 32)
    kernel.more_links.add("Their own pages", "clients:own_pages", 35)
    gate.checks.append(contact_says)
    kernel.more_links.add("Care team", "clients:team", 40)
    kernel.more_links.add("Diagnoses", "clients:diagnoses", 35)
    kernel.more_links.add("Quiet pages", "clients:quiet", 38)
    kernel.portal_more.add(_("About me"), "my:about", 50, hint=_("How I want to be met"))
    kernel.portal_more.add(_("People around me"), "my:people", 55, hint=_("Who they are, what they may know"))
    kernel.portal_more.add(_("Who decides with me"), "my:deciders", 57, hint=_("Whose yes my plan needs"))
    kernel.portal_more.add(_("How to reach me"), "my:reach", 60, hint=_("Which ways, and when not"))
    kernel.portal_more.add(_("What they call it"), "my:named", 65, hint=_("And how I see it"))
    kernel.portal_more.add(_("Who saw my information"), "my:ledger", 80, hint=_("Every time, and why"))
    kernel.more_links.add("Who saw it", "clients:access", 85)
    kernel.portal_more.add(_("What my pages show"), "my:quiet", 90, hint=_("If someone else may look"))
    kernel.more_links.add("History", "clients:history", 90)
    hooks.client_columns.hang(
        hooks.ClientColumn("limits", "Consents", "clients/cells/words.html", limits_column, order=50)
    )
    hooks.client_filters.hang(
        hooks.ClientFilter(
            "limits",
            "Limits",
            "Any",
            (("untold", "Still to tell"), ("question", "A question is open")),
            limits_filter,
            order=50,
        )
    )
    kernel.today_panels.add("licences", "accounts/licences_link.html", nothing, 90, aside=True)
    hooks.own_asks.hang(hooks.OwnAskSource("licences", licence_asks, order=90))
    hooks.asks.hang(hooks.AskSource("limits", record_asks, order=50))
    hooks.tuckables.hang(
        hooks.TuckSource("ledger", lines_to_tuck, frozenset({DataClass.LEDGER, DataClass.MESSAGE}), order=90)
    )
    kernel.portal_more.add(
        _("Take everything along"), "my:everything", 90, hint=_("Read it, print it, keep it as a file")
    )
    for section in SECTIONS:
        kernel.everything.hang(section)
