"""Two records of one business: found, compared, made one, taken apart again. What moves is asked of the models (core.merging)."""
