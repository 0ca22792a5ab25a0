"""ACC-9: every stored field of every model of ours has a class, said in one place."""

from __future__ import annotations

import pytest
from django.apps import apps

from careplan.accounts.models import Person, User
from careplan.fields.classes import (
    FieldClass,
    UnclassifiedField,
    classes_without_field,
    field_class,
    stored_fields,
    unclassified_fields,
)
from careplan.fields.encrypted import encrypted_fields

OURS = ("careplan", "clients", "plans", "messaging")
MODELS = [model for model in apps.get_models() if model._meta.app_label in OURS]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_is_classified(model):
    assert unclassified_fields(model) == []
    assert classes_without_field(model) == []
    assert all(isinstance(field_class(model, name), FieldClass) for name in stored_fields(model))


def test_a_field_without_a_class_is_found_out():
    assert field_class(User, "email") is FieldClass.IDENTIFYING
    with pytest.raises(UnclassifiedField):
        field_class(User, "nickname")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_what_is_encrypted_is_not_called_safe(model):
    assert all(field_class(model, field.name) is not FieldClass.SAFE for field in encrypted_fields(model))


def test_a_person_says_nothing_about_anybody():
    """ACC-2a: the identity tier must not say who is a client."""
    assert stored_fields(Person) == ["id", "created_at"]
