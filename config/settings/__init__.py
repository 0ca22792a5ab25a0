"""The settings, by subject: each file holds what belongs together and nothing reads the environment elsewhere."""

from config.celery import app as celery_app
from config.settings.base import *  # noqa: F403
from config.settings.interface import *  # noqa: F403
from config.settings.outgoing import *  # noqa: F403
from config.settings.security import *  # noqa: F403
from config.settings.services import *  # noqa: F403
from config.settings.signin import *  # noqa: F403

__all__ = ["celery_app"]
