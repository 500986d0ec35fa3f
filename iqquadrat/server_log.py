"""What the server in front of the application writes: as discreet as the application itself.

gunicorn quotes the address of a page that took too long, and the line of a request that it could not read.
"""

import os
from typing import Any

from gunicorn.glogging import Logger

from iqquadrat.core.discretion import DiscreetFormatter, JsonFormatter

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class ServerLog(Logger):  # type: ignore[misc]
    """gunicorn's own log without addresses of pages and of persons."""

    def setup(self, cfg: Any) -> None:
        """Write in the form that the application writes in."""
        super().setup(cfg)
        formatter = JsonFormatter() if os.environ.get("IQ_LOG") == "json" else DiscreetFormatter(FORMAT)
        for handler in self.error_log.handlers:
            handler.setFormatter(formatter)

    def warning(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """Leave out who sent what could not be read, and how it began."""
        super().warning(str(msg).partition(" from ip=")[0], *args, **kwargs)

    def exception(self, msg: Any, *_args: Any, **kwargs: Any) -> None:
        """Leave out the address of the page; the places in the code are told."""
        super().exception(str(msg).partition(" %")[0], **kwargs)
