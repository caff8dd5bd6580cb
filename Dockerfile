FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 NET4U_DATA_DIR=/data
RUN useradd --system --uid 1000 --create-home net4u && install -d -o net4u /data
WORKDIR /portal

COPY requirements/app.txt requirements/app.txt
RUN pip install --no-cache-dir --no-deps --require-hashes --requirement requirements/app.txt

COPY . .
RUN python -m net4u.messages
USER net4u
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "--bind=0.0.0.0:8000"]
