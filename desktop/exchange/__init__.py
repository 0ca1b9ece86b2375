"""Every file that travels: layout, writing, reading, manifest and what a reader refuses."""
