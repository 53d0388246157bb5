# The portal's image: web, worker, beat and migrations differ only in their command (see docker-compose.yml).
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR=1 \
    DJANGO_SETTINGS_MODULE=portal.settings \
    DATA_DIR=/data \
    STATIC_ROOT=/app/staticfiles

WORKDIR /app

COPY requirements/server.txt requirements/server.txt
RUN pip install --disable-pip-version-check --root-user-action=ignore --require-hashes -r requirements/server.txt

# The code belongs to root: the account that runs it cannot change it.
COPY . .
# This key only lets the command start; it is used for nothing and is not in the image's environment.
RUN SECRET_KEY=only-while-building python manage.py collectstatic --noinput --verbosity 0 \
 && useradd --system --uid 10001 --user-group --no-create-home --home-dir /nonexistent portal \
 && install -d -o portal -g portal -m 700 /data

USER portal
VOLUME /data
EXPOSE 8000

# Gunicorn's warnings tell the address of whoever sent a broken request, hence the log level.
CMD ["gunicorn", "portal.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "portal.web_worker.PatientWorker", \
     "--workers", "2", "--threads", "4", "--umask", "0o077", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", \
     "--log-level", "error"]
