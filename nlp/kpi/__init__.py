"""KPI series from tables, charts and sentences; the door is `nlp.kpis`."""
