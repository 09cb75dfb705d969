# part of star_import_respects_all

__all__ = ["missing_name"]
