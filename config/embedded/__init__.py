"""The program's own PostgreSQL and Valkey, and the one supervisor that keeps everything running."""
