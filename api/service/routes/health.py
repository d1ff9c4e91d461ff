"""Whether the service lives, is ready, and its counters."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from sqlalchemy import text

from api.service.context import Service
from api.service.metrics import metrics_text
from api.service.needs import anyone

router = APIRouter(include_in_schema=False)


@router.get("/healthz", dependencies=[anyone()])
def healthz() -> Response:
    return JSONResponse({"status": "ok"})


@router.get("/readyz", dependencies=[anyone()])
def readyz(context: Service) -> Response:
    """Ready when the database answers and the folder of files can be written to."""
    with context.database.reading() as session:
        session.execute(text("SELECT 1 FROM people LIMIT 1"))
    context.files.probe()
    return JSONResponse({"status": "ready"})


@router.get("/metrics", dependencies=[anyone()])
def metrics() -> Response:
    return Response(metrics_text(), media_type="text/plain; version=0.0.4; charset=utf-8")
