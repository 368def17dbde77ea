"""Reports: reading, outline, metadata, chunks. Imports nothing of the other packages."""
