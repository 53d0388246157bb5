"""Letters of a case: numbered per office, set as PDF/A from data by templates that a national admin edits."""
