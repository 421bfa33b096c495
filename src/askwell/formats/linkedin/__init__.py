"""LinkedIn's "copy of your data": an archive, an unpacked folder, or single files of it.

Theory of operation.  Each file of the archive has its own small reader in this package;
``archive`` tells which is which by name and header, reads those about the owner first
(they say which side of a message is the owner), and joins what they give into one Reading.
Files change between generations of the archive, so columns are found by name, never by
place.  A person's key is the last part of the profile address, lower case.
"""

from askwell.formats.linkedin.archive import NOT_PEOPLE, kind_of_header, read

__all__ = ["NOT_PEOPLE", "kind_of_header", "read"]
