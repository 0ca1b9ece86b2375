"""Views of totals against targets."""
