"""A whole round with synthetic figures, and a look at files without a workspace."""
