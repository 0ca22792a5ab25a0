"""Addresses of a client's own messages and resources."""

from __future__ import annotations

from django.urls import path

from messaging.portal.resources import add, answer, own, print_resource, resource, resources
from messaging.portal.thread import thread, thread_draft

app_name = "my_messages"

urlpatterns = [
    path("my/messages/", thread, name="thread"),
    path("my/messages/draft/", thread_draft, name="thread_draft"),
    path("my/resources/", resources, name="resources"),
    path("my/resources/add/", add, name="resource_add"),
    path("my/resources/own/<uuid:own_id>/", own, name="resource_own"),
    path("my/resources/<uuid:resource_id>/", resource, name="resource"),
    path("my/resources/<uuid:resource_id>/answer/", answer, name="resource_answer"),
    path("my/resources/<uuid:resource_id>/print/", print_resource, name="resource_print"),
]
