"""The two doors. Of django-allauth's own pages none is mounted."""

from __future__ import annotations

from django.urls import path

from careplan.accounts.open.begin import begin, on_its_way
from careplan.accounts.open.lost_password import ask_link, new_password
from careplan.accounts.portal.confirm import confirm as my_confirm
from careplan.accounts.portal.sign_in import sign_in as my_sign_in
from careplan.accounts.practice.choose_practice import choose
from careplan.accounts.practice.confirm import confirm
from careplan.accounts.practice.licences import every_licence, licence_checked, licence_ended
from careplan.accounts.practice.recovery_codes import recovery_codes
from careplan.accounts.practice.second_step import second_step
from careplan.accounts.practice.set_up_second_step import pairing_picture, set_up_second_step
from careplan.accounts.practice.sign_in import sign_in
from careplan.accounts.practice.sign_out import sign_out

app_name = "accounts"

urlpatterns = [
    path("practice/sign-in/", sign_in, name="sign_in"),
    path("practice/sign-in/second-step/", second_step, name="second_step"),
    path("practice/sign-in/set-up/", set_up_second_step, name="set_up_second_step"),
    path("practice/sign-in/set-up/picture.svg", pairing_picture, name="pairing_picture"),
    path("practice/sign-in/practice/", choose, name="choose_practice"),
    path("practice/recovery-codes/", recovery_codes, name="recovery_codes"),
    path("practice/licences/", every_licence, name="licences"),
    path("practice/licences/<uuid:licence_id>/checked/", licence_checked, name="licence_checked"),
    path("practice/licences/<uuid:licence_id>/end/", licence_ended, name="licence_ended"),
    path("practice/confirm/", confirm, name="confirm"),
    path("begin/on-its-way/", on_its_way, name="on_its_way"),
    path("begin/<slug:token>/", begin, name="begin"),
    path("new-password/", ask_link, name="ask_link"),
    path("new-password/<slug:token>/", new_password, name="new_password"),
    path("my/sign-in/", my_sign_in, name="my_sign_in"),
    path("my/confirm/", my_confirm, name="my_confirm"),
    path("my/sign-out/", sign_out, name="my_sign_out"),
    path("practice/sign-out/", sign_out, name="sign_out"),
]
