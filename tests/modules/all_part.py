# part of star_import_respects_all

__all__ = ["listed", "_listed_underscore"]
listed = 1
_listed_underscore = 2
unlisted = 3
