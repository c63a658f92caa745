"""Fields of messages, filled with what a user gave; what does not fit is named."""

from __future__ import annotations

from collections.abc import Mapping

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from heron_client.errors import InvalidArgumentError

_TAKES = {
    FieldDescriptor.CPPTYPE_BOOL: "True or False",
    FieldDescriptor.CPPTYPE_STRING: "a text",
    FieldDescriptor.CPPTYPE_UINT32: "a whole number from 0 to 2**32 - 1",
}


def fill(message: Message, values: Mapping[str, object]) -> None:
    """Set fields of a message by name; those whose value is None stay absent.

    Raises
    ------
    InvalidArgumentError
        A value is not of the field's type, or out of its range.
    """
    for name, value in values.items():
        try:
            if value is not None:
                setattr(message, name, value)
        except (TypeError, ValueError):
            kind = message.DESCRIPTOR.fields_by_name[name].cpp_type
            raise InvalidArgumentError(
                f"{name} is {value!r}; it takes {_TAKES.get(kind, 'a number')}."
            ) from None
