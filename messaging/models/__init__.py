"""The tables of messages, resources, sessions and reminders."""
