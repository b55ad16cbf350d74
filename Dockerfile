# One image for every process: web, worker, mail, outward, beat, sweeper, engine.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
COPY requirements.txt ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements.txt

FROM python:3.11-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 COACH_DEBUG=0 COACH_VAR=/data
RUN useradd --create-home --uid 10001 coach && mkdir /data && chown coach /data
COPY --from=build /venv /venv
WORKDIR /app
COPY . .
# The hashed static files are made here, so no process needs to write beside the code.
RUN COACH_SECRET_KEY=build COACH_VAR=/tmp/build python manage.py collectstatic --noinput -v 0
USER coach
VOLUME /data
EXPOSE 8000 8765
CMD ["python", "manage.py", "web", "--host", "0.0.0.0"]
