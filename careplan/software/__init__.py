"""Software that acts for a recipient: who it is, how it proves that, and what it was told (ADR 14, OAUTH-1..3)."""
