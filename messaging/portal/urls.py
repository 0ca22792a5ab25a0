"""Addresses of a client's own messages and resources."""

from __future__ import annotations

from django.urls import path

from messaging.portal.appointments import appointment, appointments, cancel_appointment, move_appointment
from messaging.portal.calendar_file import calendar_file
from messaging.portal.reminders import reminders, stop
from messaging.portal.resources import add, answer, own, print_resource, resource, resources
from messaging.portal.texts import text_came
from messaging.portal.thread import thread, thread_draft

app_name = "my_messages"

urlpatterns = [
    path("stop/<str:token>/", stop, name="stop"),
    path("texts/<str:token>/", text_came, name="text_came"),
    path("my/reminders/", reminders, name="reminders"),
    path("my/appointments/", appointments, name="appointments"),
    path("my/appointments/<uuid:session_id>/", appointment, name="appointment"),
    path("my/appointments/<uuid:session_id>/appointment.ics", calendar_file, name="calendar_file"),
    path("my/appointments/<uuid:session_id>/move/", move_appointment, name="move_appointment"),
    path("my/appointments/<uuid:session_id>/cancel/", cancel_appointment, name="cancel_appointment"),
    path("my/messages/", thread, name="thread"),
    path("my/messages/draft/", thread_draft, name="thread_draft"),
    path("my/resources/", resources, name="resources"),
    path("my/resources/add/", add, name="resource_add"),
    path("my/resources/own/<uuid:own_id>/", own, name="resource_own"),
    path("my/resources/<uuid:resource_id>/", resource, name="resource"),
    path("my/resources/<uuid:resource_id>/answer/", answer, name="resource_answer"),
    path("my/resources/<uuid:resource_id>/print/", print_resource, name="resource_print"),
]
