"""Data that ships with the program: plans, icons, help, translations, style sheets."""
