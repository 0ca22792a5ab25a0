"""What passes between a client and the people who care for them: messages, resources, sessions, reminders."""
