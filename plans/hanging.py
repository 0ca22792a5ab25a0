"""What this app hangs into the practice's screens: the Plan tab, panels, columns, filters, asks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from careplan import hooks as kernel
from careplan.access.classes import DataClass
from careplan.modules import Module, modules
from careplan.outgoing import gate
from clients import hooks
from plans.billing.jobs import RUNS_BILLING
from plans.billing.seen import exactly
from plans.demo.billing import seed_billing
from plans.demo.own_hand import seed_own_hand
from plans.everything import SECTIONS
from plans.selectors import home_panels as home
from plans.selectors.diagnoses import goals_by_diagnosis
from plans.selectors.heads import (
    agreed_column,
    late_asks,
    needs_filter,
    open_column,
    plan_asks,
    state_column,
    state_filter,
)
from plans.selectors.overview import goals_panel, waiting_panel
from plans.selectors.pausing import rest_says
from plans.selectors.requirements import unread_requirement

STATES = (("active", "Active"), ("none", "None agreed yet"), ("on_hold", "On hold"))
NEEDS = (("answer", "A proposal to answer"), ("look_again", "To look at again soon"))


def hang() -> None:
    """Hangs everything, once, at start-up."""
    gate.checks.append(rest_says)
    kernel.demo_steps.hang(kernel.DemoStep("own_hand", seed_own_hand, order=20))
    kernel.demo_steps.hang(kernel.DemoStep("billing", seed_billing, order=80))
    kernel.portal_menu.add(_("My plan"), "list-checks", "my_plan:plan", 20)
    kernel.portal_more.add(_("My plan"), "my_plan:plan", 10, group=kernel.MoreGroup.PLAN)
    kernel.portal_more.add(
        _("Change, pause or stop"), "my_plan:rest", 80, hint=_("One step, no reason asked"), group=kernel.MoreGroup.PLAN
    )
    kernel.portal_more.add(_("My pace"), "my_plan:pace", 20, hint=_("How much I’m asked"), group=kernel.MoreGroup.PLAN)
    kernel.portal_more.add(_("What is off the table"), "my_plan:off_table", 25, group=kernel.MoreGroup.PLAN)
    kernel.portal_more.add(_("History of my plan"), "my_plan:history", 30, group=kernel.MoreGroup.PLAN)
    panels = kernel.portal_panels
    panels.add("plan", "plans/my/panels/waiting.html", home.waiting_panel, {DataClass.PLAN}, 10, kernel.Place.WAITING)
    panels.add("plan_since", "plans/my/panels/since.html", home.since_panel, {DataClass.PLAN}, 10, kernel.Place.SINCE)
    panels.add("goals", "plans/my/panels/goals.html", home.goals_panel, {DataClass.PLAN}, 10, kernel.Place.MAIN)
    kernel.record_tabs.add("Plan", "plans:plan", 20)
    modules.hang(
        Module(
            "billing", "Billing", "charges, and what insurers need to pay them", ("billing:", "my_billing:"), order=30
        )
    )
    kernel.menu.add("Billing", "file-text", "billing:practice", 70, roles=frozenset(RUNS_BILLING))
    kernel.more_links.add("Billing", "billing:record", 50)
    kernel.portal_more.add(
        _("What billing sees"), "my_billing:seen", 40, hint=_("Codes, dates and money. Never your words")
    )
    hooks.exact_views.hang(
        hooks.ExactView("billing", exactly, frozenset({DataClass.BILLING, DataClass.CONSENT}), order=30, files=True)
    )
    kernel.portal_panels.add(
        "sign",
        "plans/my/waiting_to_sign.html",
        home.sign_panel,
        {DataClass.PLAN},
        40,
        kernel.Place.WAITING,
    )
    kernel.today_panels.add("proposals", "plans/panels/proposals.html", lambda by: None, 40, aside=True)
    kernel.portal_panels.add(
        "set_by_others",
        "plans/my/set_by_others.html",
        lambda by, client_id: unread_requirement(client_id),
        {DataClass.PLAN},
        60,
        kernel.Place.WAITING,
    )
    kernel.portal_more.add(
        _("Set by others"),
        "my_plan:requirements",
        60,
        hint=_("What a court, school or job asks"),
        group=kernel.MoreGroup.PLAN,
    )
    kernel.overview_panels.add("plan", "plans/panels/goals.html", goals_panel, {DataClass.PLAN}, 10)
    kernel.overview_panels.add("waiting", "plans/panels/waiting.html", waiting_panel, {DataClass.PLAN}, 10, aside=True)
    hooks.client_columns.hang(
        hooks.ClientColumn("plan", "Plan", "plans/panels/state_cell.html", state_column, order=10)
    )
    hooks.client_columns.hang(
        hooks.ClientColumn("agreed", "Agreed", "plans/panels/agreed_cell.html", agreed_column, order=20)
    )
    hooks.client_columns.hang(hooks.ClientColumn("open", "Open", "plans/panels/open_cell.html", open_column, order=30))
    hooks.client_filters.hang(hooks.ClientFilter("plan", "Plan", "Any state", STATES, state_filter, order=10))
    hooks.client_filters.hang(hooks.ClientFilter("needs", "Needs me", "All", NEEDS, needs_filter, order=20))
    hooks.diagnosis_links.hang(hooks.DiagnosisLinks("goals", goals_by_diagnosis, order=10))
    hooks.asks.hang(hooks.AskSource("plans", plan_asks, order=10))
    for section in SECTIONS:
        kernel.everything.hang(section)
    hooks.lead_asks.hang(hooks.AskSource("late", late_asks, order=10))
