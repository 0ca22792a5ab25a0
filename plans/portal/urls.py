"""Addresses of a client's own plan."""

from __future__ import annotations

from django.urls import path

from plans.portal.add import add, kinds
from plans.portal.answer import answer, answered
from plans.portal.change import change
from plans.portal.draft import draft
from plans.portal.history import history, off_table
from plans.portal.pace import pace
from plans.portal.plan import order, plan
from plans.portal.proof import proof, proof_file
from plans.portal.requirements import requirement, requirements
from plans.portal.rest import rest, rest_item
from plans.portal.sign import receipt_page, sign_page, signed
from plans.portal.talk import talk
from plans.portal.together import together
from plans.portal.waiting import waiting

app_name = "my_plan"

ITEM = "items/<uuid:item_id>/"

urlpatterns = [
    path("set-by-others/", requirements, name="requirements"),
    path("set-by-others/<uuid:requirement_id>/", requirement, name="requirement"),
    path("proof/", proof, name="proof"),
    path("proof/file/", proof_file, name="proof_file"),
    path("", plan, name="plan"),
    path("waiting/", waiting, name="waiting"),
    path("together/", together, name="together"),
    path("add/", kinds, name="add"),
    path("add/<slug:kind>/", add, name="add_kind"),
    path("pace/", pace, name="pace"),
    path("history/", history, name="history"),
    path("off-the-table/", off_table, name="off_table"),
    path("drafts/<str:key>/", draft, name="draft"),
    path(f"{ITEM}answer/", answer, name="answer"),
    path(f"{ITEM}answered/", answered, name="answered"),
    path(f"{ITEM}talk/", talk, name="talk"),
    path(f"{ITEM}change/", change, name="change"),
    path(f"{ITEM}pause/", rest_item, name="rest_item"),
    path(f"{ITEM}order/", order, name="order"),
    path("pause-or-stop/", rest, name="rest"),
    path("signed/", signed, name="signed"),
    path("signed/<uuid:signature_id>/", receipt_page, name="receipt"),
    path("sign/<uuid:request_id>/", sign_page, name="sign"),
]
