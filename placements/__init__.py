"""Vacancies and placements: the only room that joins client and business."""
