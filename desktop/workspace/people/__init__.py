"""Who works here, on which files and periods."""
