"""The two doors. Of django-allauth's own pages none is mounted."""

from __future__ import annotations

from django.urls import path

from careplan.accounts.open.begin import begin, on_its_way
from careplan.accounts.open.lost_password import ask_link, new_password
from careplan.accounts.open.passkey import passkey
from careplan.accounts.portal import account as my
from careplan.accounts.portal.choose_pages import choose_pages
from careplan.accounts.portal.confirm import confirm as my_confirm
from careplan.accounts.portal.sign_in import sign_in as my_sign_in
from careplan.accounts.practice import account as work
from careplan.accounts.practice.choose_practice import choose
from careplan.accounts.practice.confirm import confirm
from careplan.accounts.practice.licences import every_licence, licence_checked, licence_ended
from careplan.accounts.practice.modules import modules
from careplan.accounts.practice.recovery_codes import recovery_codes
from careplan.accounts.practice.second_step import second_step
from careplan.accounts.practice.set_up_second_step import pairing_picture, set_up_second_step
from careplan.accounts.practice.sign_in import sign_in
from careplan.accounts.practice.sign_out import sign_out
from careplan.accounts.practice.staff import invite, member, staff

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
    path("my/sign-in/which/", choose_pages, name="choose_pages"),
    path("my/confirm/", my_confirm, name="my_confirm"),
    path("passkey/", passkey, name="passkey"),
    path("my/account/", my.account, name="my_account"),
    path("my/account/password/", my.change_password, name="my_change_password"),
    path("my/account/devices/sign-out/", my.sign_out_device, name="my_sign_out_device"),
    path("my/account/passkeys/add/", my.add_passkey, name="my_add_passkey"),
    path("my/account/passkeys/remove/", my.remove_passkey, name="my_remove_passkey"),
    path("practice/staff/", staff, name="staff"),
    path("practice/staff/modules/", modules, name="modules"),
    path("practice/staff/invite/", invite, name="invite_staff"),
    path("practice/staff/<uuid:member_id>/", member, name="staff_member"),
    path("practice/account/", work.account, name="account"),
    path("practice/account/password/", work.change_password, name="change_password"),
    path("practice/account/devices/sign-out/", work.sign_out_device, name="sign_out_device"),
    path("practice/account/recovery-codes/", work.new_codes, name="new_codes"),
    path("practice/account/passkeys/add/", work.add_passkey, name="add_passkey"),
    path("practice/account/passkeys/remove/", work.remove_passkey, name="remove_passkey"),
    path("my/sign-out/", sign_out, name="my_sign_out"),
    path("practice/sign-out/", sign_out, name="sign_out"),
]
