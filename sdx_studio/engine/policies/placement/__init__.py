"""Where a guest goes that has to leave its host: one file each."""
