"""The entry form of a unit and period."""
