"""What an office sends to its units, as it travels."""
