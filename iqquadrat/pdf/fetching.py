"""What a document may load: the project's own fonts and paper styles from the disk, and nothing else."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

STATIC_FOLDER = Path(__file__).resolve().parent / "static" / "pdf"


class RefusedAddressError(FatalURLFetchingError):  # type: ignore[misc]  # the library is untyped
    """A document named an address that it must not load."""


def allowed_folders() -> list[Path]:
    """Return the folders whose files a document may load, with links resolved."""
    return [STATIC_FOLDER, *(Path(folder).resolve() for folder in settings.PDF_FONT_FOLDERS.values())]


class OwnFilesOnly(URLFetcher):  # type: ignore[misc]  # the library is untyped
    """Loads files of the allowed folders; refuses every other file, every host and every data address."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["file"], allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002 - the library's signature
        """Return the file, or stop the rendering."""
        parts = urlsplit(url)
        path = Path(unquote(parts.path)).resolve()
        is_ours = parts.scheme == "file" and parts.netloc in ("", "localhost")
        if not is_ours or not any(path.is_relative_to(folder) for folder in allowed_folders()):
            raise RefusedAddressError(f"a document may not load from {parts.scheme or 'nowhere'}:")
        return URLFetcherResponse(url, path.read_bytes())
