"""Files for other programs: the claims, and what people decided about them."""

from claims.export.files import ExportFormat, export

__all__ = ["ExportFormat", "export"]
