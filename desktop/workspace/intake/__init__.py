"""收取: from files in a mailbox to contents that are kept, each with a verdict."""
