# One image: the application, its templates and migrations, and nothing that builds them.
FROM python:3.11-slim AS packages
WORKDIR /consilience
COPY requirements.txt ./
RUN python -m venv .venv \
    && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt
COPY pyproject.toml LICENSE README.md ./
COPY app app
RUN .venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation -e .

FROM python:3.11-slim
# The folder is the same in both stages: a virtual environment knows where it lies.
WORKDIR /consilience
COPY --from=packages /consilience /consilience
COPY alembic.ini ./
COPY migrations migrations
COPY templates templates
COPY static static
RUN useradd --system --home-dir /data --create-home consilience
USER consilience
ENV CONSILIENCE_HOME=/data HOST=0.0.0.0 PORT=8000 PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD \
    [".venv/bin/python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz')"]
CMD [".venv/bin/consilience", "serve", "--host", "0.0.0.0", "--port", "8000"]
