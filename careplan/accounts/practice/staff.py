"""The practice's staff: who works here, inviting a colleague, closing a way in, the end of somebody's work."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from careplan.accounts.roles import REACHES, Role
from careplan.accounts.selectors import StaffSession, staff_session
from careplan.accounts.staff import (
    NewColleague,
    StaffLine,
    close_way_in,
    ensure_looks_after_staff,
    invite_again,
    invite_colleague,
    let_go,
    open_way_in,
    staff_line,
    staff_lines,
)
from careplan.errors import Refused
from careplan.ui.forms import Form
from careplan.ui.pages import refuse, render, say, see_other, staff_page


class ColleagueForm(Form):
    """Who is invited, and what they will do."""

    name = forms.CharField(label="Name", help_text="As clients read it: Dr Imani Castellane.",
                           error_messages={"required": "Write their name."})  # fmt: skip
    first_name = forms.CharField(label="First name", error_messages={"required": "Write their first name."})
    title = forms.CharField(label="What they are", help_text="Counsellor, psychologist, manager …", required=False)
    email = forms.EmailField(label="Work e-mail", help_text="They will sign in with it.",
                             error_messages={"required": "Write their work e-mail."})  # fmt: skip
    roles = forms.MultipleChoiceField(
        label="Roles",
        help_text="No role opens a client’s record by itself.",
        choices=[(role.value, f"{role.label}: {REACHES[role]}") for role in Role],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one role."},
    )


@staff_page
@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    """Everybody who works here now."""
    me = _me(request)
    return render(request, "accounts/staff.html", {"lines": staff_lines(me.practice_id), "practice": me.practice_name})


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invites a colleague; the link goes to their work address."""
    me = _me(request)
    form = ColleagueForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            invite_colleague(practice_id=me.practice_id, new=_new(form), by=me.person_id)
        except Refused as error:
            refuse(form, error)
        else:
            say(request, "The link is on its way. It works once, for a week.")
            return see_other("accounts:staff")
    return render(request, "accounts/invite_staff.html", {"form": form}, status=422 if form.errors else 200)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """One colleague, and what can be done about their way in."""
    me = _me(request)
    line = staff_line(me.practice_id, member_id)
    form = Form({} if request.method == "POST" else None)
    if request.method == "POST":
        try:
            sentence = _do(request.POST.get("do", ""), line, me)
        except Refused as error:
            refuse(form, error)
        else:
            say(request, sentence)
            return see_other("accounts:staff")
    shown = {"line": line, "form": form, "is_me": line.member.person_id == me.person_id}
    return render(request, "accounts/staff_member.html", shown, status=422 if form.errors else 200)


def _do(what: str, line: StaffLine, me: StaffSession) -> str:
    name, by = line.member.first_name, me.person_id
    match what:
        case "invite":
            invite_again(member=line.member, by=by)
            return f"A fresh link is on its way to {name}."
        case "close":
            close_way_in(member=line.member, by=by)
            return f"{name} is signed out, and can’t come in here until you open it again."
        case "open":
            open_way_in(member=line.member, by=by)
            return f"{name} can come in again."
        case "end":
            let_go(member=line.member, by=by)
            return f"{name} doesn’t work here any more. What they wrote stays, under their name."
        case _:
            raise Refused("Choose what to do.")


def _me(request: HttpRequest) -> StaffSession:
    return ensure_looks_after_staff(staff_session(request))


def _new(form: ColleagueForm) -> NewColleague:
    given = form.cleaned_data
    return NewColleague(
        name=given["name"],
        first_name=given["first_name"],
        email=given["email"],
        title=given["title"],
        roles=frozenset(Role(role) for role in given["roles"]),
    )
