"""Made-up reports and cases that show what the portal does. Every person, account and letter in them is invented."""
