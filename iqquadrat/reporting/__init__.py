"""Figures that join several rooms, dashboards and the report to the funder."""
