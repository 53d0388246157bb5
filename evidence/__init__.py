"""Hostile bytes in; clean image, hashes, text and sealed originals out. No models, no Django, no Celery."""
