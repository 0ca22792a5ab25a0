"""Billing for software. Explicit fields in and out, and no field that could hold a sentence."""
