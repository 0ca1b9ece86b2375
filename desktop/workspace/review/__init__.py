"""What the consolidator looks at and decides: board, units, conflicts, explanations, paper."""
