"""Signatures, seals, private keys, and what they prove."""
