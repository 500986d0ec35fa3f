"""What a document on paper is. Rooms describe theirs in ``documents.py``; this room alone turns them into a file."""

from collections.abc import Mapping
from typing import Any, Protocol


class Document(Protocol):
    """One document. Best a frozen dataclass.

    ``template``: name of an HTML template that extends ``pdf/paper.html``. ``language`` is the language of the document (and of
    gettext while it is made). ``title`` stands in the file's properties, ``file_name`` is suggested for saving: neither
    holds a person's name. ``most_pages``, where a document has it, allows more than the usual number; ``zoom`` draws it larger.
    """

    @property
    def template(self) -> str: ...

    @property
    def language(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def file_name(self) -> str: ...

    @property
    def context(self) -> Mapping[str, Any]: ...
