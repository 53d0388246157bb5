"""Pages of case work and of the reporter who follows a case: one module per page."""
