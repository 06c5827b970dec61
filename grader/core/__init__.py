"""The domain, pure: no processes, no database, no network, no clock of its own."""
