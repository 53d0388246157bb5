"""One module for each image format: what its own bytes say, read without any decoder."""
