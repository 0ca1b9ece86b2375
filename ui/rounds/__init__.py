"""Task packages and plan versions in the window."""
