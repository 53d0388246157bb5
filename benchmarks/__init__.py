"""Measurements that print figures beside a baseline of the same run. Nothing here is part of the portal."""
