"""A plan that proves itself: everything hashed, seals, public keys; checked without a database (PLAN-12)."""
