"""Spaces of the contract as Gymnasium spaces; observations and actions in packed rows."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from gymnasium import spaces
from numpy.typing import NDArray

from heron_client._generated import multi_agent_env_pb2 as pb
from heron_client.errors import InvalidArgumentError, UnimplementedError

FloatArray: TypeAlias = NDArray[np.float32]
IntArray: TypeAlias = NDArray[np.int32]
AnySpace: TypeAlias = "spaces.Space[Any]"


def space_from_proto(message: pb.Space) -> AnySpace:
    """Return the Gymnasium space that a space of the contract stands for.

    Returns
    -------
    gymnasium.Space
        Box (float32), Discrete, MultiDiscrete, MultiBinary, or a Dict of the Box ``"c"`` and the
        MultiDiscrete ``"d"``.

    Raises
    ------
    UnimplementedError
        The server uses a kind that this client does not know.
    """
    kind = message.WhichOneof("kind")
    if kind == "box":
        return _box(message.box)
    if kind == "discrete":
        return spaces.Discrete(message.discrete.n)
    if kind == "multi_discrete":
        return spaces.MultiDiscrete(list(message.multi_discrete.nvec))
    if kind == "multi_binary":
        return spaces.MultiBinary(message.multi_binary.n)
    if kind == "mixed":
        parts: dict[str, AnySpace] = {
            "c": _box(message.mixed.c),
            "d": spaces.MultiDiscrete(list(message.mixed.d.nvec)),
        }
        return spaces.Dict(parts)
    raise UnimplementedError(
        f"The server announces a space of kind {kind!r}, which this heron-client does not know. "
        "Upgrade heron-client."
    )


def _box(message: pb.Box) -> spaces.Box:
    shape = tuple(message.shape)
    bounds = [np.array(values, np.float32) for values in (message.low, message.high)]
    low, high = (
        np.full(shape, bound[0], np.float32) if bound.size == 1 else bound.reshape(shape)
        for bound in bounds
    )
    return spaces.Box(low, high, shape, np.float32)


def continuous_part(space: AnySpace) -> spaces.Box | None:
    """Return the Box of a space, or None when it has no continuous numbers."""
    part = space["c"] if isinstance(space, spaces.Dict) else space
    return part if isinstance(part, spaces.Box) else None


def head_sizes(space: AnySpace) -> tuple[int, ...]:
    """Return the number of categories of each discrete head."""
    part = space["d"] if isinstance(space, spaces.Dict) else space
    if isinstance(part, spaces.Discrete):
        return (int(part.n),)
    if isinstance(part, spaces.MultiDiscrete):
        return tuple(int(n) for n in part.nvec)
    if isinstance(part, spaces.MultiBinary):
        return (2,) * int(np.prod(part.shape))
    return ()


def continuous_length(space: AnySpace) -> int:
    """Return how many continuous numbers a value of the space has."""
    part = continuous_part(space)
    return 0 if part is None else int(np.prod(part.shape))


def decode_observation(space: AnySpace, row: FloatArray) -> Any:
    """Turn one agent's numbers into a value of its observation space.

    Parameters
    ----------
    space : gymnasium.Space
        Observation space.
    row : array of float32, shape (k,)
        Continuous numbers, then heads as whole numbers. A flat Box is returned as this very view.
    """
    if isinstance(space, spaces.Box):
        return row if space.shape == row.shape else row.reshape(space.shape)
    if isinstance(space, spaces.Discrete):
        return np.int64(row[0])
    if isinstance(space, spaces.Dict):
        length = continuous_length(space)
        continuous = row[:length].reshape(space["c"].shape)
        return {"c": continuous, "d": row[length:].astype(np.int64)}
    return row.astype(space.dtype)


def mask_for_sample(space: AnySpace, mask: NDArray[np.int8]) -> Any:
    """Shape one agent's action mask as ``space.sample(mask=...)`` takes it.

    Parameters
    ----------
    space : gymnasium.Space
        Action space.
    mask : array of int8, shape (sum of categories,)
        1 = allowed, heads concatenated.

    Returns
    -------
    array, tuple of arrays or dict
        An array for Discrete, a tuple with one per head for MultiDiscrete, a dict for mixed.
    """
    if isinstance(space, spaces.Discrete):
        return mask
    parts = tuple(np.split(mask, np.cumsum(head_sizes(space))[:-1]))
    if isinstance(space, spaces.Dict):
        return {"c": None, "d": parts}
    if isinstance(space, spaces.MultiBinary):
        # MultiBinary marks a switch that may be either way by 2, otherwise the only value allowed.
        pairs = mask.reshape(-1, 2)
        return np.where(pairs.all(axis=1), 2, pairs[:, 1]).astype(np.int8)
    return parts


def encode_action(
    agent_id: str, space: AnySpace, action: Any, continuous: FloatArray, discrete: IntArray
) -> None:
    """Check one agent's action and write it into its place of the packed blocks.

    Numbers outside a Box are allowed: the environment clips them.

    Parameters
    ----------
    agent_id : str
        Named in errors.
    space : gymnasium.Space
        Its action space.
    action : array, number or dict
        A value of that space.
    continuous : array of float32, shape (continuous numbers of the space,)
        Written.
    discrete : array of int32, shape (heads of the space,)
        Written.

    Raises
    ------
    InvalidArgumentError
        Wrong shape or type, not finite, or no such category.
    """
    if isinstance(space, spaces.Dict):
        if not isinstance(action, dict) or set(action) != {"c", "d"}:  # pyright: ignore[reportUnknownArgumentType]
            raise InvalidArgumentError(
                f"Action of agent {agent_id!r} is {action!r}; it must be a dict with the keys "
                f"'c' and 'd' of {space}."
            )
        _encode_box(agent_id, space["c"], action["c"], continuous)
        _encode_heads(agent_id, space["d"], action["d"], discrete)
    elif isinstance(space, spaces.Box):
        _encode_box(agent_id, space, action, continuous)
    else:
        _encode_heads(agent_id, space, action, discrete)


def _encode_box(agent_id: str, space: AnySpace, action: Any, target: FloatArray) -> None:
    values = _as_array(agent_id, space, action, "biuf")
    with np.errstate(over="ignore"):
        target[:] = values.ravel()
    if not np.isfinite(target).all():
        raise InvalidArgumentError(
            f"Action of agent {agent_id!r} is {values.tolist()}; every number of {space} must be "
            "finite in float32. Is the policy diverging?"
        )


def _encode_heads(agent_id: str, space: AnySpace, action: Any, target: IntArray) -> None:
    values = _as_array(agent_id, space, action, "biu")
    sizes = np.array(head_sizes(space))
    flat = values.ravel()
    if ((flat < 0) | (flat >= sizes)).any():
        raise InvalidArgumentError(
            f"Action of agent {agent_id!r} is {values.tolist()}; {space} allows whole numbers "
            f"from 0 to below {sizes.tolist()}."
        )
    target[:] = flat


def _as_array(agent_id: str, space: AnySpace, action: Any, kinds: str) -> NDArray[Any]:
    try:
        values = np.asarray(action)
    except ValueError:
        values = np.asarray(None)
    if values.dtype.kind not in kinds:
        wanted = "real numbers" if "f" in kinds else "whole numbers"
        raise InvalidArgumentError(
            f"Action of agent {agent_id!r} is {action!r} (type {values.dtype}); {space} takes "
            f"{wanted}."
        )
    if values.shape != space.shape:
        raise InvalidArgumentError(
            f"Action of agent {agent_id!r} has shape {values.shape}: {values.tolist()}; {space} "
            f"takes shape {space.shape}."
        )
    return values
