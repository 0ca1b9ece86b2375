"""Plans and task packages: which there are, handing them out, taking them in."""
