"""One type per identity. All are random (UUIDv7 text from `ports.clock.Ids`), meaningless outside the showroom."""

from typing import NewType

VisitId = NewType("VisitId", str)
CustomerId = NewType("CustomerId", str)
PersonId = NewType("PersonId", str)
"""Whose key seals a value: every customer and every staff member has one. Destroying that key is the erasure."""
StaffId = NewType("StaffId", str)
AppointmentId = NewType("AppointmentId", str)
CarId = NewType("CarId", str)
KeyId = NewType("KeyId", str)
AgreementId = NewType("AgreementId", str)
QuoteId = NewType("QuoteId", str)
ConsentId = NewType("ConsentId", str)
MessageId = NewType("MessageId", str)
TerminalId = NewType("TerminalId", str)
MediaHash = NewType("MediaHash", str)
"""SHA-256 (hex) of a media file's plain bytes; its name on disk."""
