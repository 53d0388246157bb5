"""The web server's worker with less time for slow clients, so that a test need not wait."""

from portal import web_worker

web_worker.GRACE_SECONDS = 1.0


class ImpatientWorker(web_worker.PatientWorker):
    """The same worker."""
