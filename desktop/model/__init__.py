"""The domain: plan, period, submission, finding; reading of typed text. Values only, no files."""
