"""What the office says to units (returns, receipts, reminders), and what units make of it."""
