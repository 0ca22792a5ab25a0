"""Addresses of the plan's pages in the practice."""

from __future__ import annotations

from django.urls import include, path

from plans.practice.add import add, kinds
from plans.practice.answer import answer, own_answer
from plans.practice.ask import ask, take_back
from plans.practice.away import away, back
from plans.practice.comment import comment
from plans.practice.desk import item, plan
from plans.practice.draft import draft
from plans.practice.handover import read
from plans.practice.linked import linked
from plans.practice.move import move
from plans.practice.off_table import off_table
from plans.practice.order import order
from plans.practice.pace import pace
from plans.practice.progress import progress
from plans.practice.proposals import proposals
from plans.practice.requirements import end, requirement_said, requirements
from plans.practice.rest import going_on
from plans.practice.reword import reword
from plans.practice.sign_off import (
    ask_for_signatures,
    ask_to_countersign,
    attempt,
    not_signed,
    sign_as_staff,
    sign_off_page,
)
from plans.practice.start import start
from plans.practice.versions import compare, print_version, printed, version, versions

app_name = "plans"

PLAN = "practice/clients/<uuid:client_id>/plan/"
ITEM = f"{PLAN}items/<uuid:item_id>/"
VERSION = f"{PLAN}versions/<uuid:version_id>/"

urlpatterns = [
    path("practice/proposals/", proposals, name="proposals"),
    path("practice/away/", away, name="away"),
    path("practice/away/back/", back, name="back"),
    path(PLAN, plan, name="plan"),
    path(f"{PLAN}start/", start, name="start"),
    path(f"{PLAN}read/", read, name="read"),
    path(f"{PLAN}add/", kinds, name="add"),
    path(f"{PLAN}add/<slug:kind>/", add, name="add_kind"),
    path(f"{PLAN}pace/", pace, name="pace"),
    path(f"{PLAN}ask/", ask, name="ask"),
    path(f"{PLAN}ask/take-back/", take_back, name="take_back"),
    path(f"{PLAN}going-on/", going_on, name="going_on"),
    path(f"{PLAN}set-by-others/", requirements, name="requirements"),
    path(f"{PLAN}set-by-others/<uuid:requirement_id>/end/", end, name="requirement_end"),
    path(f"{PLAN}set-by-others/<uuid:requirement_id>/said/", requirement_said, name="requirement_said"),
    path(f"{PLAN}off-the-table/", off_table, name="off_table"),
    path(f"{PLAN}drafts/<str:key>/", draft, name="draft"),
    path(ITEM, item, name="item"),
    path(f"{ITEM}reword/", reword, name="reword"),
    path(f"{ITEM}answer/", answer, name="answer"),
    path(f"{ITEM}comment/", comment, name="comment"),
    path(f"{ITEM}own-answer/", own_answer, name="own_answer"),
    path(f"{ITEM}progress/", progress, name="progress"),
    path(f"{ITEM}order/", order, name="order"),
    path(f"{ITEM}move/", move, name="move"),
    path(f"{ITEM}diagnoses/", linked, name="linked"),
    path(f"{PLAN}versions/", versions, name="versions"),
    path(f"{PLAN}versions/compare/", compare, name="compare"),
    path(VERSION, version, name="version"),
    path(f"{PLAN}sign-off/", ask_for_signatures, name="ask_for_signatures"),
    path(f"{PLAN}sign-off/<uuid:person_id>/countersign/", ask_to_countersign, name="ask_to_countersign"),
    path(f"{VERSION}sign-off/", sign_off_page, name="sign_off"),
    path(f"{VERSION}sign-off/mine/", sign_as_staff, name="sign_as_staff"),
    path(f"{VERSION}sign-off/<uuid:person_id>/not-signed/", not_signed, name="not_signed"),
    path(f"{VERSION}sign-off/<uuid:person_id>/attempt/", attempt, name="sign_attempt"),
    path(f"{VERSION}print/", print_version, name="print_version"),
    path(f"{VERSION}printed/", printed, name="printed"),
    path("", include("plans.practice.sheet_urls")),
]
