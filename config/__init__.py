"""How the program is put together: settings, addresses, tasks, and its own small services."""
