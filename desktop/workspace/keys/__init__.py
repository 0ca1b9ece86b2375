"""Keys: own ones, those of units, the office's, and what a signature is worth."""
