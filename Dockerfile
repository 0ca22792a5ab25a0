# One image for web, worker, beat and the one-off commands; PostgreSQL and Valkey are services of their own.
FROM python:3.11-slim AS build
WORKDIR /srv/careplan
COPY requirements.lock .
RUN python -m venv /srv/venv && /srv/venv/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements.lock

FROM python:3.11-slim
RUN useradd --system --uid 10001 --no-create-home careplan
COPY --from=build /srv/venv /srv/venv
COPY careplan /srv/careplan/careplan
COPY clients /srv/careplan/clients
COPY plans /srv/careplan/plans
COPY messaging /srv/careplan/messaging
COPY config /srv/careplan/config
COPY manage.py pyproject.toml requirements.lock requirements-dev.lock /srv/careplan/
WORKDIR /srv/careplan
ENV PATH=/srv/venv/bin:$PATH PYTHONPATH=/srv/careplan PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=config.settings STATIC_ROOT=/srv/static
# Only names are needed to collect the static files; nothing here is a secret of any installation.
RUN CAREPLAN_MODE=test SECRET_KEY=build FIELD_KEYS=k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= \
    DATABASE_URL=postgresql://cp_app@/none CELERY_BROKER_URL=redis://none CACHE_URL=redis://none \
    django-admin collectstatic --no-input -v 0
USER 10001
EXPOSE 8000
CMD ["gunicorn", "config.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--preload", \
     "--workers", "2", "--threads", "4", "--no-control-socket", "--graceful-timeout", "5", "--log-level", "warning"]
