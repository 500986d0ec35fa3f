"""The only importer of WeasyPrint: turns a document into a tagged PDF with the project's own fonts."""
