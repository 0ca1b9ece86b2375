"""Validation rules: their expressions, compiled once, and the engine that runs them."""
