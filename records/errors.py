"""What can go wrong with the record."""


class RecordError(Exception):
    """Anything that records refuses."""

    code = "records.error"


class MalformedStatementError(RecordError):
    """A statement does not have the form that read_statement describes."""

    code = "records.statement.malformed"


class UnknownUnitKindError(RecordError):
    """No app derives anything from units of this kind."""

    code = "records.unit.unknown"
