"""The kernel: people, access, ledgers, sealing, pages. It knows nothing of clients, plans or messages."""
