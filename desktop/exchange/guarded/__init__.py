"""Reading under a supervisor: a worker process that may die, hang or run out of memory."""
