"""Billing: its words, its moves, what each payer asks for as data, and what is sent, field by field."""
