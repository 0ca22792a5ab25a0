"""The interface for software: tokens, limits, and its own document (OAUTH-1, API-1, API-5)."""

from __future__ import annotations

from config.settings.environment import number

OAUTH2_PROVIDER = {
    "ACCESS_TOKEN_EXPIRE_SECONDS": 300,
    "OAUTH2_VALIDATOR_CLASS": "careplan.api.oauth.Validator",
    "SCOPES_BACKEND_CLASS": "careplan.api.oauth.ScopesOfSoftware",
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,  # tokens are kept as checksums only
    # every recommendation of RFC 9700, also for grants no software here is given
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_PKCE_REQUIRED": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_MATCHING": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_SCHEME": True,
    "COMPLIANT_BCP_RFC9700_REFRESH_TOKEN": True,
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "PKCE_REQUIRED": True,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
}

API_REQUESTS_A_MINUTE = number("API_REQUESTS_A_MINUTE", 600)

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["careplan.api.callers.BearerToken"],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "careplan.api.schema.Schema",
    "EXCEPTION_HANDLER": "careplan.api.problems.answer",
    "UNAUTHENTICATED_USER": None,
    "UNAUTHENTICATED_TOKEN": None,
    "COERCE_DECIMAL_TO_STRING": True,
}

SPECTACULAR_SETTINGS = {
    "TITLE": "Careplan",
    "DESCRIPTION": "What a billing system gets: codes, dates, units and proof of agreement. Never a client's words.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SORT_OPERATIONS": True,
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": ["careplan.api.schema.with_problems_and_limits"],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}
