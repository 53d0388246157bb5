"""What people fill in on a case: typed words in, values out. The use cases decide."""
