"""Files that mean harm, built from a true submission; each is a function of its parts."""
