"""From the bytes of a foreign file to cells: limits first, then the parser. Runs in the worker."""
