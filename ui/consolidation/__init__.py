"""The consolidator's board: taking files in, states by unit, export."""
