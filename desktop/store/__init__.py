"""The workspace file: opening, schema, migrations and all SQL."""
