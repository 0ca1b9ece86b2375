"""First start and settings."""
